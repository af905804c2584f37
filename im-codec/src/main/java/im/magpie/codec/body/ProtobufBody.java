package im.magpie.codec.body;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.io.IOException;

/** A body in protobuf's own encoding, to be read while the bytes are held. */
public record ProtobufBody(ByteBuf bytes) implements Body {

    private static final int SCRATCH_BYTES = 8 * 1024;

    /** Protobuf is at its fastest in an array, and needs the least objects there: what is small goes through one that is there already. */
    private static final FastThreadLocal<byte[]> SCRATCH = new FastThreadLocal<>() {
        @Override
        protected byte[] initialValue() {
            return new byte[SCRATCH_BYTES];
        }
    };

    @Override
    @SuppressWarnings("unchecked")
    public <M extends Message> M as(M prototype) throws InvalidProtocolBufferException {
        var parser = prototype.getParserForType();
        var length = bytes.readableBytes();
        if (length > SCRATCH_BYTES) {
            return (M) parser.parseFrom(bytes.nioBuffer());
        }
        var scratch = SCRATCH.get();
        bytes.getBytes(bytes.readerIndex(), scratch, 0, length);
        return (M) parser.parseFrom(scratch, 0, length);
    }

    /** Appends a message. */
    public static void write(Message message, ByteBuf out) throws IOException {
        var size = message.getSerializedSize();
        if (size > SCRATCH_BYTES) {
            out.ensureWritable(size);
            write(message, CodedOutputStream.newInstance(out.nioBuffer(out.writerIndex(), size)));
            out.writerIndex(out.writerIndex() + size);
        } else {
            var scratch = SCRATCH.get();
            write(message, CodedOutputStream.newInstance(scratch, 0, size));
            out.writeBytes(scratch, 0, size);
        }
    }

    private static void write(Message message, CodedOutputStream stream) throws IOException {
        message.writeTo(stream);
        stream.flush();
    }
}
