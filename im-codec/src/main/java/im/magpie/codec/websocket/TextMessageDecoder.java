package im.magpie.codec.websocket;

import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.json.TextForm;
import im.magpie.codec.protocol.ErrorCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import java.util.List;

/** Turns text messages into the {@link im.magpie.codec.packet.Request} that each carries, at a server. */
public final class TextMessageDecoder extends MessageToMessageDecoder<TextWebSocketFrame> {

    private final Wire wire;

    public TextMessageDecoder(Wire wire) {
        super(TextWebSocketFrame.class);
        this.wire = wire;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, TextWebSocketFrame message, List<Object> out) {
        if (wire.broken()) {
            return;
        }
        wire.adopt(WireForm.TEXT, false);
        try {
            var length = message.content().readableBytes();
            if (length > wire.maxBodyBytes()) {
                throw new MalformedFrameException(
                        ErrorCode.FRAME_TOO_LARGE,
                        0,
                        0,
                        "a message of %d bytes, the limit is %d".formatted(length, wire.maxBodyBytes()));
            }
            out.add(TextForm.readRequest(message.text()));
        } catch (MalformedFrameException e) {
            wire.breakOff();
            throw e;
        }
    }
}
