package im.magpie.common.user;

/** A user of an app: no user is known by less. */
public record UserKey(String appId, String userId) {

    @Override
    public String toString() {
        return appId + "/" + userId;
    }
}
