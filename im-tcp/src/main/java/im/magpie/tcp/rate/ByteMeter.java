package im.magpie.tcp.rate;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Counts the bytes that a connection reads. */
public final class ByteMeter extends ChannelInboundHandlerAdapter {

    private final ConnectionRate rate;

    public ByteMeter(ConnectionRate rate) {
        this.rate = rate;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            rate.read(bytes.readableBytes());
        }
        ctx.fireChannelRead(message);
    }
}
