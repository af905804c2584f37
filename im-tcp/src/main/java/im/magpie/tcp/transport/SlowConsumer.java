package im.magpie.tcp.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection that stays past its write high-water mark for too long. Its device comes back and syncs, when it
 * can.
 */
final class SlowConsumer extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(SlowConsumer.class);

    private final Duration timeout;
    private @Nullable Future<?> timer;

    SlowConsumer(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        stop();
        if (!ctx.channel().isWritable()) {
            timer = ctx.executor().schedule(() -> close(ctx), timeout.toNanos(), TimeUnit.NANOSECONDS);
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    private void close(ChannelHandlerContext ctx) {
        LOG.info("{} took nothing for {} s and is closed", ctx.channel(), timeout.toSeconds());
        ctx.close();
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
