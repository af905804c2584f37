package im.magpie.service.pipeline;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.ContentRules;
import im.magpie.codec.content.Contents;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.Identifiers;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;

/** Makes offers of what gateways submit. Nothing passes here that the store could not keep or a client could not read. */
final class OfferReader {

    private final int maxContentBytes;

    OfferReader(int maxContentBytes) {
        this.maxContentBytes = maxContentBytes;
    }

    /**
     * Reads a checked message.
     *
     * @throws MagpieException with the code of the rule that it breaks
     */
    Offer read(SubmitItem item) {
        var conversation = conversation(item);
        requireId(item.getClientMessageId());
        var content = content(item.getContent());
        requireMembers(conversation, content);
        return new Offer(
                new MessageKey(
                        new ConversationKey(item.getAppId(), item.getConversationId()),
                        item.getSenderId(),
                        item.getClientMessageId()),
                item.getContent(),
                Contents.target(content),
                content.getMentionedUserIdsList(),
                content.getMentionsAll(),
                item.getShapeVersion(),
                new Origin(item.getIncarnation(), item.getConnectionId()),
                item.getResend() ? Admission.RESEND : Admission.BOUNDED,
                item.getTrace());
    }

    private static ConversationId conversation(SubmitItem item) {
        if (!Identifiers.isAppId(item.getAppId())) {
            throw new MagpieException(ErrorCode.UNKNOWN_APP, "not an app id");
        }
        try {
            var conversation = ConversationId.parse(item.getConversationId());
            if (conversation instanceof ConversationId.OfTwo two && !two.includes(item.getSenderId())) {
                throw new MagpieException(ErrorCode.NOT_A_PARTICIPANT, "the sender is not in this conversation");
            }
            return conversation;
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CONVERSATION, String.valueOf(e.getMessage()), e);
        }
    }

    private static void requireId(ByteString id) {
        try {
            UuidV7.fromBytes(id.toByteArray());
        } catch (IllegalArgumentException e) {
            throw new MagpieException(ErrorCode.INVALID_CLIENT_MESSAGE_ID, String.valueOf(e.getMessage()), e);
        }
    }

    private MessageContent content(ByteString encoded) {
        if (encoded.size() > maxContentBytes) {
            throw new MagpieException(
                    ErrorCode.CONTENT_TOO_LARGE,
                    "the content has %d bytes, more than %d".formatted(encoded.size(), maxContentBytes));
        }
        var content = parsed(encoded);
        if (content.getKindCase() == MessageContent.KindCase.KIND_NOT_SET) {
            throw new MagpieException(ErrorCode.CONTENT_MISSING, "the message has no content");
        }
        var violation = ContentRules.violation(content);
        if (violation != null) {
            throw new MagpieException(ErrorCode.INVALID_CONTENT, violation);
        }
        return content;
    }

    private static MessageContent parsed(ByteString encoded) {
        try {
            return MessageContent.parseFrom(encoded);
        } catch (InvalidProtocolBufferException e) {
            throw new MagpieException(ErrorCode.CONTENT_MISSING, "the content can't be read", e);
        }
    }

    /** Of a group, whoever is mentioned and is no member hears nothing of it. */
    private static void requireMembers(ConversationId conversation, MessageContent content) {
        var said = content.hasEdit() ? content.getEdit().getContent() : content;
        if (!(conversation instanceof ConversationId.OfTwo two)) {
            return;
        }
        if (!said.getMentionedUserIdsList().stream().allMatch(two::includes)) {
            throw new MagpieException(ErrorCode.INVALID_CONTENT, "who is mentioned is not in this conversation");
        }
        if (said.getMentionsAll()) {
            throw new MagpieException(ErrorCode.INVALID_CONTENT, "everybody is mentioned in groups only");
        }
    }
}
