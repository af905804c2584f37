package im.magpie.service.message;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.rpc.ReactionName;
import java.util.Optional;

/** Makes what clients read out of what the services keep. */
public final class ChatMessages {

    /** Returns the message as it was sent; without content where only its place is left. */
    public static ChatMessage of(AcceptedMessage message) {
        var chat = place(message);
        if (!message.getContent().isEmpty()) {
            chat.setContent(content(message));
        }
        return chat.build();
    }

    /** Returns what is read of a message that nothing has changed. */
    public static ChatMessage asRead(AcceptedMessage message) {
        return asRead(place(message), content(message)).build();
    }

    /** Adds the content, as it is read, unless there is none. */
    static ChatMessage.Builder asRead(ChatMessage.Builder chat, MessageContent content) {
        return content.getKindCase() == MessageContent.KindCase.KIND_NOT_SET
                ? chat
                : chat.setContent(Contents.asRead(content));
    }

    /** Returns everything but the content. */
    static ChatMessage.Builder place(AcceptedMessage message) {
        return ChatMessage.newBuilder()
                .setConversationId(message.getConversationId())
                .setSenderId(message.getSenderId())
                .setClientMessageId(
                        UuidV7.fromBytes(message.getClientMessageId().toByteArray())
                                .toString())
                .setSequence(message.getSequence())
                .setOrdinal(message.getOrdinal())
                .setServerTime(message.getServerTime());
    }

    /** Returns the content, an empty one where there is none. */
    static MessageContent content(AcceptedMessage message) {
        try {
            return MessageContent.parseFrom(message.getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("content that was checked before it was accepted can't be read", e);
        }
    }

    /** Returns which reaction a change is about; nothing for other changes. */
    public static Optional<ReactionName> reaction(AcceptedMessage change) {
        var content = content(change);
        return content.hasReaction()
                ? Optional.of(ReactionName.newBuilder()
                        .setSequence(change.getTarget())
                        .setUserId(change.getSenderId())
                        .setEmoji(content.getReaction().getEmoji())
                        .build())
                : Optional.empty();
    }

    private ChatMessages() {}
}
