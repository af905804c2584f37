package im.magpie.service.group;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.common.error.MagpieException;
import java.util.Collection;
import java.util.HashSet;

/** What of a request can be said to be wrong without looking anything up. Lengths are in UTF-16 units. */
final class GroupRules {

    static final int MOST_USERS = 1_000;
    static final int LONGEST_NAME = 128;
    static final int LONGEST_NICKNAME = 64;
    static final int LONGEST_AVATAR = 512;
    static final int LONGEST_ANNOUNCEMENT = 4_096;
    static final int LONGEST_MESSAGE = 255;

    private static final int REQUEST_ID_BYTES = 16;
    private static final int LONGEST_PAGE = 500;
    private static final String NO_JOIN_POLICY = "there is no such join policy";
    private static final String NO_INVITE_POLICY = "there is no such invite policy";
    private static final String NO_MENTION_POLICY = "there is no such mention policy";

    /** Returns how many entries a page has of which a number was asked for; 0 asks for as many as there may be. */
    static int limit(int asked) {
        require(asked >= 0, "a limit is 0 or more");
        return asked == 0 ? LONGEST_PAGE : Math.min(asked, LONGEST_PAGE);
    }

    static void requireGroupId(String groupId) {
        require(Identifiers.isGroupId(groupId), "a group id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    static void requireRequestId(ByteString requestId) {
        require(requestId.isEmpty() || requestId.size() == REQUEST_ID_BYTES, "a request id has 16 bytes");
    }

    static void requireUserId(String userId) {
        require(Identifiers.isUserId(userId), "a user id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    static void requireUsers(Collection<String> userIds) {
        require(!userIds.isEmpty() && userIds.size() <= MOST_USERS, "1 to %d users at once".formatted(MOST_USERS));
        userIds.forEach(GroupRules::requireUserId);
        require(new HashSet<>(userIds).size() == userIds.size(), "each user once");
    }

    static void requireName(String name) {
        require(!name.isBlank(), "a group has a name");
        requireLength("name", name, LONGEST_NAME);
    }

    static void requireAvatar(String avatar) {
        requireLength("avatar_url", avatar, LONGEST_AVATAR);
    }

    static void requireNickname(String nickname) {
        requireLength("nickname", nickname, LONGEST_NICKNAME);
    }

    static void requireMessage(String message) {
        requireLength("message", message, LONGEST_MESSAGE);
    }

    static void requireNew(CreateGroup wanted) {
        requireName(wanted.getName());
        requireAvatar(wanted.getAvatarUrl());
        require(wanted.getJoinPolicy() != JoinPolicy.UNRECOGNIZED, NO_JOIN_POLICY);
        require(wanted.getInvitePolicy() != InvitePolicy.UNRECOGNIZED, NO_INVITE_POLICY);
        require(wanted.getMentionPolicy() != MentionPolicy.UNRECOGNIZED, NO_MENTION_POLICY);
    }

    static void requireChange(GroupChanged change) {
        if (change.hasName()) {
            requireName(change.getName());
        }
        requireAvatar(change.getAvatarUrl());
        requireLength("announcement", change.getAnnouncement(), LONGEST_ANNOUNCEMENT);
        require(!change.hasJoinPolicy() || known(change.getJoinPolicy()), NO_JOIN_POLICY);
        require(!change.hasInvitePolicy() || known(change.getInvitePolicy()), NO_INVITE_POLICY);
        require(!change.hasMentionPolicy() || known(change.getMentionPolicy()), NO_MENTION_POLICY);
    }

    private static boolean known(JoinPolicy policy) {
        return policy != JoinPolicy.JOIN_POLICY_UNSPECIFIED && policy != JoinPolicy.UNRECOGNIZED;
    }

    private static boolean known(InvitePolicy policy) {
        return policy != InvitePolicy.INVITE_POLICY_UNSPECIFIED && policy != InvitePolicy.UNRECOGNIZED;
    }

    private static boolean known(MentionPolicy policy) {
        return policy != MentionPolicy.MENTION_POLICY_UNSPECIFIED && policy != MentionPolicy.UNRECOGNIZED;
    }

    private static void requireLength(String name, String text, int longest) {
        require(text.length() <= longest, "%s has at most %d characters".formatted(name, longest));
    }

    /** @throws MagpieException INVALID_REQUEST */
    static void require(boolean valid, String rule) {
        if (!valid) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, rule);
        }
    }

    private GroupRules() {}
}
