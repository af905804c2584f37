package im.magpie.codec.body;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A body in protobuf's own encoding. */
public record ProtobufBody(ByteBuffer bytes) implements Body {

    @Override
    @SuppressWarnings("unchecked")
    public <M extends Message> M as(M prototype) throws InvalidProtocolBufferException {
        return (M) prototype.getParserForType().parseFrom(bytes);
    }

    /** Appends a message. */
    public static void write(Message message, ByteBuf out) throws IOException {
        var size = message.getSerializedSize();
        out.ensureWritable(size);
        var stream = CodedOutputStream.newInstance(out.nioBuffer(out.writerIndex(), size));
        message.writeTo(stream);
        stream.flush();
        out.writerIndex(out.writerIndex() + size);
    }
}
