package im.magpie.service.request;

import im.magpie.common.user.UserKey;
import im.magpie.service.usersig.Caller;

/**
 * Who asks for something.
 *
 * @param userId empty for the app's business system
 */
public record Actor(String appId, String userId) {

    public static Actor of(UserKey user) {
        return new Actor(user.appId(), user.userId());
    }

    public static Actor of(Caller caller) {
        return switch (caller) {
            case Caller.User user -> of(user.key());
            case Caller.Admin admin -> businessSystem(admin.appId());
        };
    }

    public static Actor businessSystem(String appId) {
        return new Actor(appId, "");
    }

    /** Returns the user who asks; only where it is one. */
    public UserKey user() {
        return new UserKey(appId, userId);
    }

    public boolean isBusinessSystem() {
        return userId.isEmpty();
    }
}
