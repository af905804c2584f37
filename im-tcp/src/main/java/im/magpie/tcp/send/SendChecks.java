package im.magpie.tcp.send;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.ContentRules;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.tcp.connection.Connection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a node can tell of a message by itself, before it asks anybody: whether it is well formed. Who may write where
 * is the services' to say.
 *
 * @param maxContentBytes the largest content, encoded
 */
public record SendChecks(int maxContentBytes) {

    /**
     * Returns what is offered to the services.
     *
     * @throws MagpieException INVALID_CONVERSATION, INVALID_CLIENT_MESSAGE_ID, CONTENT_MISSING, CONTENT_TOO_LARGE or INVALID_CONTENT
     */
    SubmitItem checked(SendRequest request, Connection sender) {
        requireConversation(request.getConversationId());
        var session = sender.requireSession();
        return SubmitItem.newBuilder()
                .setAppId(session.getAppId())
                .setSenderId(session.getUserId())
                .setConversationId(request.getConversationId())
                .setClientMessageId(clientMessageId(request.getClientMessageId()))
                .setContent(content(request.getContent()))
                .setIncarnation(session.getIncarnation())
                .setConnectionId(sender.id())
                .build();
    }

    private static void requireConversation(String id) {
        try {
            ConversationId.parse(id);
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CONVERSATION, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Returns the 16 bytes that a message is named by.
     *
     * @throws MagpieException INVALID_CLIENT_MESSAGE_ID
     */
    public static ByteString clientMessageId(String text) {
        try {
            return ByteString.copyFrom(UuidV7.toBytes(UuidV7.parse(text)));
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CLIENT_MESSAGE_ID, String.valueOf(e.getMessage()), e);
        }
    }

    private ByteString content(MessageContent content) {
        requireContent(content, ContentRules::violation);
        return content.toByteString();
    }

    /**
     * Refuses what can't be the content of a message.
     *
     * @param rules return what is wrong with a content, null for nothing
     * @throws MagpieException CONTENT_MISSING, CONTENT_TOO_LARGE or INVALID_CONTENT
     */
    public void requireContent(MessageContent content, Function<MessageContent, @Nullable String> rules) {
        if (content.getKindCase() == MessageContent.KindCase.KIND_NOT_SET) {
            throw new MagpieException(ErrorCode.CONTENT_MISSING, "a message has a content");
        }
        if (content.getSerializedSize() > maxContentBytes) {
            throw new MagpieException(
                    ErrorCode.CONTENT_TOO_LARGE,
                    "a content of %d bytes, the limit is %d".formatted(content.getSerializedSize(), maxContentBytes));
        }
        var violation = rules.apply(content);
        if (violation != null) {
            throw new MagpieException(ErrorCode.INVALID_CONTENT, violation);
        }
    }
}
