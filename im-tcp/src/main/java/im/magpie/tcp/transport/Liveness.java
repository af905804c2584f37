package im.magpie.tcp.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes a connection from which nothing was read for too long. While it is us who don't read, the peer is not to
 * blame.
 */
final class Liveness extends ChannelDuplexHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Liveness.class);

    private final long deadAfter;
    private long lastRead;
    private @Nullable Future<?> timer;

    Liveness(Duration deadAfter) {
        this.deadAfter = deadAfter.toNanos();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        lastRead = now(ctx);
        lookIn(ctx, deadAfter);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stop();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stop();
        ctx.fireChannelInactive();
    }

    /** Comes behind everything that was read, to ask for more, and when reading is taken up again. */
    @Override
    public void read(ChannelHandlerContext ctx) {
        lastRead = now(ctx);
        ctx.read();
    }

    private void look(ChannelHandlerContext ctx) {
        if (!ctx.channel().config().isAutoRead()) {
            lastRead = now(ctx);
        }
        var silence = now(ctx) - lastRead;
        if (silence >= deadAfter) {
            LOG.debug("Nothing was read from {} for {} s", ctx.channel(), TimeUnit.NANOSECONDS.toSeconds(silence));
            ctx.close();
        } else {
            lookIn(ctx, deadAfter - silence);
        }
    }

    private void lookIn(ChannelHandlerContext ctx, long delay) {
        timer = ctx.executor().schedule(() -> look(ctx), delay, TimeUnit.NANOSECONDS);
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private static long now(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
