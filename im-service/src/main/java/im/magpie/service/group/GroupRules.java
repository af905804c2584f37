package im.magpie.service.group;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.InvitePolicy;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
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
    private static final String NO_JOIN_POLICY = "there is no such join policy";
    private static final String NO_INVITE_POLICY = "there is no such invite policy";
    private static final String NO_MENTION_POLICY = "there is no such mention policy";

    /**
     * Returns the key of the group that somebody names.
     *
     * @throws im.magpie.common.error.MagpieException INVALID_REQUEST when no group could be called so
     */
    static GroupKey key(Actor actor, String groupId) {
        requireGroupId(groupId);
        return new GroupKey(actor.appId(), groupId);
    }

    static void requireGroupId(String groupId) {
        Rules.require(Identifiers.isGroupId(groupId), "a group id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    static void requireRequestId(ByteString requestId) {
        Rules.require(requestId.isEmpty() || requestId.size() == REQUEST_ID_BYTES, "a request id has 16 bytes");
    }

    static void requireUsers(Collection<String> userIds) {
        Rules.require(
                !userIds.isEmpty() && userIds.size() <= MOST_USERS, "1 to %d users at once".formatted(MOST_USERS));
        userIds.forEach(Rules::requireUserId);
        Rules.require(new HashSet<>(userIds).size() == userIds.size(), "each user once");
    }

    static void requireName(String name) {
        Rules.require(!name.isBlank(), "a group has a name");
        Rules.requireLength("name", name, LONGEST_NAME);
    }

    static void requireAvatar(String avatar) {
        Rules.requireLength("avatar_url", avatar, LONGEST_AVATAR);
    }

    static void requireNickname(String nickname) {
        Rules.requireLength("nickname", nickname, LONGEST_NICKNAME);
    }

    static void requireMessage(String message) {
        Rules.requireLength("message", message, LONGEST_MESSAGE);
    }

    static void requireNew(CreateGroup wanted) {
        requireName(wanted.getName());
        requireAvatar(wanted.getAvatarUrl());
        Rules.require(wanted.getJoinPolicy() != JoinPolicy.UNRECOGNIZED, NO_JOIN_POLICY);
        Rules.require(wanted.getInvitePolicy() != InvitePolicy.UNRECOGNIZED, NO_INVITE_POLICY);
        Rules.require(wanted.getMentionPolicy() != MentionPolicy.UNRECOGNIZED, NO_MENTION_POLICY);
    }

    static void requireChange(GroupChanged change) {
        if (change.hasName()) {
            requireName(change.getName());
        }
        requireAvatar(change.getAvatarUrl());
        Rules.requireLength("announcement", change.getAnnouncement(), LONGEST_ANNOUNCEMENT);
        Rules.require(!change.hasJoinPolicy() || known(change.getJoinPolicy()), NO_JOIN_POLICY);
        Rules.require(!change.hasInvitePolicy() || known(change.getInvitePolicy()), NO_INVITE_POLICY);
        Rules.require(!change.hasMentionPolicy() || known(change.getMentionPolicy()), NO_MENTION_POLICY);
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

    private GroupRules() {}
}
