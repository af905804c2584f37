package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.frame.Frame;
import im.magpie.codec.json.JsonBody;
import io.netty.buffer.ByteBuf;

/** The body of a frame, read while the frame is held. */
record FrameBody(Frame frame) implements BodySource {

    @Override
    public <M extends Message> M as(M prototype) throws InvalidProtocolBufferException {
        return switch (frame.encoding()) {
            case PROTOBUF -> protobuf(frame.body(), prototype);
            case JSON -> JsonBody.ofUtf8(frame.body()).as(prototype);
        };
    }

    @SuppressWarnings("unchecked")
    private static <M extends Message> M protobuf(ByteBuf body, M prototype) throws InvalidProtocolBufferException {
        var parser = prototype.getParserForType();
        if (body.hasArray()) {
            return (M) parser.parseFrom(body.array(), body.arrayOffset() + body.readerIndex(), body.readableBytes());
        }
        return (M) parser.parseFrom(body.nioBuffer());
    }
}
