package im.magpie.service.group;

import im.magpie.common.user.UserKey;
import im.magpie.service.membership.GroupKey;

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

    /**
     * Returns the key of the group that he names.
     *
     * @throws im.magpie.common.error.MagpieException INVALID_REQUEST when no group could be called so
     */
    GroupKey group(String groupId) {
        GroupRules.requireGroupId(groupId);
        return new GroupKey(appId, groupId);
    }

    boolean isBusinessSystem() {
        return userId.isEmpty();
    }
}
