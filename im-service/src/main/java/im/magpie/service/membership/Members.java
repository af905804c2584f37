package im.magpie.service.membership;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import java.util.List;

/** Who is in a private conversation, as its name says. */
public final class Members {

    /** Returns both members of a conversation whose name has been checked. */
    public static List<UserKey> of(ConversationKey conversation) {
        return ConversationId.parse(conversation.conversationId()).participants().stream()
                .map(userId -> new UserKey(conversation.appId(), userId))
                .toList();
    }

    /** Returns the other member of a conversation whose name has been checked. */
    public static UserKey peer(Member member) {
        var peer = ConversationId.parse(member.conversationId())
                .peerOf(member.user().userId());
        return new UserKey(member.user().appId(), peer);
    }

    /**
     * Returns a user as a member of a conversation that a client has named.
     *
     * @throws MagpieException INVALID_CONVERSATION when there can't be such a conversation, NOT_A_PARTICIPANT when the user is not in it
     */
    public static Member require(UserKey user, String conversationId) {
        ConversationId id;
        try {
            id = ConversationId.parse(conversationId);
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CONVERSATION, "no conversation's name: " + e.getMessage(), e);
        }
        if (!id.includes(user.userId())) {
            throw new MagpieException(ErrorCode.NOT_A_PARTICIPANT, user.userId() + " is not in this conversation");
        }
        return new Member(user, conversationId);
    }

    private Members() {}
}
