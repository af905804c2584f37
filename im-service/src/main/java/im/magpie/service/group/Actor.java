package im.magpie.service.group;

import im.magpie.common.user.UserKey;

/**
 * Who asks for something of a group.
 *
 * @param userId empty for the app's business system
 */
public record Actor(String appId, String userId) {

    public static Actor of(UserKey user) {
        return new Actor(user.appId(), user.userId());
    }

    public static Actor businessSystem(String appId) {
        return new Actor(appId, "");
    }

    boolean isBusinessSystem() {
        return userId.isEmpty();
    }
}
