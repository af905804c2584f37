package im.magpie.bench.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** The end of a pipeline: keeps the last packet that was read, and lets go what was written. */
@Sharable
final class Sink extends ChannelDuplexHandler {

    private Object last = this;
    private byte[] written = {};
    private boolean copying;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object packet) {
        last = packet;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object frame, ChannelPromise promise) {
        var bytes = (ByteBuf) frame;
        if (copying) {
            written = ByteBufUtil.getBytes(bytes);
        }
        bytes.release();
    }

    Object last() {
        return last;
    }

    /** From now on, or not any more, what is written is kept for {@link #written}. */
    void copying(boolean copying) {
        this.copying = copying;
    }

    byte[] written() {
        return written;
    }
}
