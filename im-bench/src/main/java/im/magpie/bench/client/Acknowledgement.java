package im.magpie.bench.client;

import im.magpie.codec.frame.BodyEncoding;
import im.magpie.codec.frame.FrameHeader;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.PushAck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** The PUSH_ACKs of one conversation. */
public final class Acknowledgement {

    private static final int LENGTH_DELIMITED = 2;
    private static final int TYPE_BITS = 3;
    private static final byte POSITIONS = (PushAck.POSITIONS_FIELD_NUMBER << TYPE_BITS) | LENGTH_DELIMITED;
    private static final byte CONVERSATION =
            (ConversationPosition.CONVERSATION_ID_FIELD_NUMBER << TYPE_BITS) | LENGTH_DELIMITED;
    private static final byte SEQUENCE = ConversationPosition.SEQUENCE_FIELD_NUMBER << TYPE_BITS;
    private static final int MOST_BYTES = 32;

    private final byte[] conversation;

    public Acknowledgement(String conversationId) {
        this.conversation = conversationId.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the one that names a position. */
    public ByteBuf of(ByteBufAllocator allocator, long sequence) {
        var length = 1 + Fields.sizeOf(conversation.length) + conversation.length + 1 + Fields.sizeOf(sequence);
        var out = allocator.ioBuffer(FrameHeader.BYTES + MOST_BYTES + conversation.length);
        FrameHeader.begin(out, BodyEncoding.PROTOBUF, Command.PUSH_ACK_VALUE, 0, 0);
        out.writeByte(POSITIONS);
        Fields.write(out, length);
        out.writeByte(CONVERSATION);
        Fields.write(out, conversation.length);
        out.writeBytes(conversation);
        out.writeByte(SEQUENCE);
        Fields.write(out, sequence);
        FrameHeader.complete(out, 0);
        return out;
    }
}
