package im.magpie.store.message;

import com.google.protobuf.ByteString;
import im.magpie.store.retry.UnrecoverableException;
import java.util.HexFormat;

/** A place holds another message, or a message lies in another place: numbers were given out twice. */
public final class SequenceConflictException extends UnrecoverableException {

    private static final long serialVersionUID = 1L;

    SequenceConflictException(StoreItem.Message message, StoredMessage stored) {
        super("conversation %s: sequence %d of epoch %d is %s by %s, but sequence %d is stored as %s by %s"
                .formatted(
                        message.conversation(),
                        message.accepted().getSequence(),
                        message.accepted().getEpoch(),
                        hex(message.accepted().getClientMessageId()),
                        message.accepted().getSenderId(),
                        stored.sequence(),
                        hex(stored.clientMessageId()),
                        stored.senderId()));
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}
