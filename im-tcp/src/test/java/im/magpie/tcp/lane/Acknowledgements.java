package im.magpie.tcp.lane;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.Semaphore;

/**
 * Counts what is acknowledged, by a lane or, as the end of a pipeline, in frames. One thread awaits it, and the lane's thread does all the
 * rest.
 */
@Sharable
final class Acknowledgements extends ChannelOutboundHandlerAdapter {

    private static final int STATUS_OFFSET = 6;

    private final Semaphore done = new Semaphore(0);
    private int awaited;
    private int heard;
    private int acknowledged;

    /** Begins to count, before the first of so many sends is offered. */
    void begin(int sends) {
        awaited = sends;
        heard = 0;
        acknowledged = 0;
    }

    void hear(SendAnswer answer) {
        hear(answer instanceof SendAnswer.Acknowledged);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object frame, ChannelPromise promise) {
        var bytes = (ByteBuf) frame;
        var accepted = bytes.getShort(bytes.readerIndex() + STATUS_OFFSET) == 0;
        bytes.release();
        promise.setSuccess();
        hear(accepted);
    }

    private void hear(boolean accepted) {
        if (accepted) {
            acknowledged++;
        }
        if (++heard == awaited) {
            done.release();
        }
    }

    /** Waits until all sends are answered, and returns how many of them were acknowledged. */
    int await() throws InterruptedException {
        done.acquire();
        return acknowledged;
    }
}
