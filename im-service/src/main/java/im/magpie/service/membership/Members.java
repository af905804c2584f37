package im.magpie.service.membership;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import java.util.List;
import java.util.Optional;

/** What the name of a conversation says of who is in it: everything of a private chat, and of a group nothing. */
public final class Members {

    /** Returns both members of a private chat whose name has been checked. */
    public static List<UserKey> of(ConversationKey conversation) {
        return of(conversation.appId(), ofTwo(conversation.conversationId()));
    }

    static List<UserKey> of(String appId, ConversationId.OfTwo two) {
        return List.of(new UserKey(appId, two.smaller()), new UserKey(appId, two.larger()));
    }

    /** Returns the other member of a private chat, and nobody in a group. */
    public static Optional<Member> peer(Member member) {
        return ConversationId.parse(member.conversationId()) instanceof ConversationId.OfTwo two
                ? Optional.of(new Member(
                        new UserKey(
                                member.user().appId(), two.peerOf(member.user().userId())),
                        member.conversationId()))
                : Optional.empty();
    }

    /**
     * Returns a user as somebody who may be a member of a conversation that a client has named: of a group, {@link Extents} say whether he is.
     *
     * @throws MagpieException INVALID_CONVERSATION when there can't be such a conversation, NOT_A_PARTICIPANT when it is the private chat of others
     */
    public static Member require(UserKey user, String conversationId) {
        ConversationId id;
        try {
            id = ConversationId.parse(conversationId);
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CONVERSATION, "no conversation's name: " + e.getMessage(), e);
        }
        if (id instanceof ConversationId.OfTwo two && !two.includes(user.userId())) {
            throw new MagpieException(ErrorCode.NOT_A_PARTICIPANT, user.userId() + " is not in this conversation");
        }
        return new Member(user, conversationId);
    }

    private static ConversationId.OfTwo ofTwo(String conversationId) {
        if (ConversationId.parse(conversationId) instanceof ConversationId.OfTwo two) {
            return two;
        }
        throw new IllegalArgumentException("not a private chat: " + conversationId);
    }

    private Members() {}
}
