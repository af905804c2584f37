package im.magpie.service.personal;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.common.user.UserKey;
import im.magpie.service.membership.Member;

/** What MySQL has of a member's settings. */
public final class SettingsRow {

    private final Member member;
    private final PersonalSettings settings;

    /** @param settings an encoded PersonalSettings */
    public SettingsRow(String appId, String userId, String conversationId, byte[] settings) {
        this.member = new Member(new UserKey(appId, userId), conversationId);
        this.settings = parse(settings);
    }

    Member member() {
        return member;
    }

    PersonalSettings settings() {
        return settings;
    }

    static PersonalSettings parse(byte[] encoded) {
        try {
            return PersonalSettings.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("settings that were kept can't be read", e);
        }
    }
}
