package im.magpie.codec.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageEncoder;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import java.util.List;

/** Puts each frame that {@link im.magpie.codec.packet.PacketEncoder} has written into a binary message of its own. */
public final class BinaryMessageEncoder extends MessageToMessageEncoder<ByteBuf> {

    public BinaryMessageEncoder() {
        super(ByteBuf.class);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, ByteBuf frame, List<Object> out) {
        out.add(new BinaryWebSocketFrame(frame.retain()));
    }
}
