package im.magpie.store.change;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads out of accepted messages what they change. */
public final class ChangeReader {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeReader.class);

    /** Returns what a message changes; nothing for one that changes none. */
    public static Optional<Change> of(AcceptedMessage message, long conversationKey) {
        if (message.getTarget() == 0) {
            return Optional.empty();
        }
        var content = content(message);
        return switch (content.getKindCase()) {
            case RECALL -> Optional.of(new Change.Recall(conversationKey, message.getTarget(), message.getSequence()));
            case EDIT ->
                Optional.of(new Change.Edit(
                        conversationKey,
                        message.getTarget(),
                        message.getSequence(),
                        content.getEdit().getContent().toByteString()));
            case REACTION ->
                Optional.of(new Change.React(
                        conversationKey,
                        message.getTarget(),
                        message.getSequence(),
                        message.getSenderId(),
                        content.getReaction().getEmoji(),
                        content.getReaction().getRemoved()));
            default -> Optional.empty();
        };
    }

    /** Returns the content that a message's own row gets: what an edit says is kept with the message that it changes, and nowhere else. */
    public static ByteString ownContent(AcceptedMessage message) {
        return message.getTarget() == 0
                ? message.getContent()
                : Contents.asRead(content(message)).toByteString();
    }

    private static MessageContent content(AcceptedMessage message) {
        try {
            return MessageContent.parseFrom(message.getContent());
        } catch (InvalidProtocolBufferException e) {
            // Nothing that is accepted is like this; a queue must not stand still for it.
            LOG.error("{}:{} can't be read and changes nothing", message.getConversationId(), message.getSequence(), e);
            return MessageContent.getDefaultInstance();
        }
    }

    private ChangeReader() {}
}
