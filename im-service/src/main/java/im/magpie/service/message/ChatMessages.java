package im.magpie.service.message;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;

/** Makes what clients read out of what the services keep. */
public final class ChatMessages {

    /** Returns the message as its readers get it; without content where only its place is left. */
    public static ChatMessage of(AcceptedMessage message) {
        var chat = ChatMessage.newBuilder()
                .setConversationId(message.getConversationId())
                .setSenderId(message.getSenderId())
                .setClientMessageId(
                        UuidV7.fromBytes(message.getClientMessageId().toByteArray())
                                .toString())
                .setSequence(message.getSequence())
                .setOrdinal(message.getOrdinal())
                .setServerTime(message.getServerTime());
        if (!message.getContent().isEmpty()) {
            chat.setContent(content(message));
        }
        return chat.build();
    }

    private static MessageContent content(AcceptedMessage message) {
        try {
            return MessageContent.parseFrom(message.getContent());
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("content that was checked before it was accepted can't be read", e);
        }
    }

    private ChatMessages() {}
}
