package im.magpie.service.personal;

import im.magpie.common.user.UserKey;
import im.magpie.service.membership.Member;

/**
 * What MySQL has of a member's settings.
 *
 * @param settings an encoded PersonalSettings
 */
public record SettingsRow(String appId, String userId, String conversationId, byte[] settings) {

    Member member() {
        return new Member(new UserKey(appId, userId), conversationId);
    }
}
