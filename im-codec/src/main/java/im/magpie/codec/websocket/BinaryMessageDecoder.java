package im.magpie.codec.websocket;

import im.magpie.codec.frame.FrameReader;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.protocol.ErrorCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.util.List;

/** Turns binary messages into the one {@link im.magpie.codec.frame.Frame} that each carries. Fragments are put together before this handler. */
public final class BinaryMessageDecoder extends MessageToMessageDecoder<BinaryWebSocketFrame> {

    private final Wire wire;
    private final FrameReader reader;

    public BinaryMessageDecoder(Wire wire) {
        super(BinaryWebSocketFrame.class);
        this.wire = wire;
        reader = new FrameReader(wire);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, BinaryWebSocketFrame message, List<Object> out) {
        if (wire.broken()) {
            return;
        }
        var content = message.content();
        var frame = reader.read(content, ctx.alloc());
        if (frame != null && !content.isReadable()) {
            out.add(frame);
            return;
        }
        wire.breakOff();
        if (frame == null) {
            throw new MalformedFrameException(
                    ErrorCode.MALFORMED_FRAME, 0, 0, "a binary message ends within its frame");
        }
        frame.release();
        throw new MalformedFrameException(
                ErrorCode.MALFORMED_FRAME, frame.command(), frame.requestId(), "a binary message carries one frame");
    }
}
