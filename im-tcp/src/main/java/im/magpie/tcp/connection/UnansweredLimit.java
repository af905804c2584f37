package im.magpie.tcp.connection;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Stops reading from a connection while too many of its requests are unanswered. A reply counts once the socket has
 * taken it, so that a client that asks without reading is stopped too, and what waits for it stays bounded.
 */
public final class UnansweredLimit extends ChannelDuplexHandler {

    private final int limit;
    private int unanswered;
    private boolean stopped;

    public UnansweredLimit(int limit) {
        this.limit = limit;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        // Notices, and requests that are wrong because they have no number, have no reply that could be told from
        // others.
        if (message instanceof Request request && request.requestId() != 0) {
            unanswered++;
            if (unanswered >= limit && !stopped) {
                stopped = true;
                ctx.channel().config().setAutoRead(false);
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof Reply reply && reply.requestId() != 0) {
            ctx.write(message, promise.unvoid()).addListener(_ -> settle(ctx, 1));
        } else {
            ctx.write(message, promise);
        }
    }

    /** Requests will have no reply. Called on the event loop. */
    public static void forget(Connection connection, int requests) {
        var pipeline = connection.channel().pipeline();
        var ctx = pipeline.context(UnansweredLimit.class);
        if (ctx != null) {
            pipeline.get(UnansweredLimit.class).settle(ctx, requests);
        }
    }

    private void settle(ChannelHandlerContext ctx, int requests) {
        unanswered -= requests;
        if (stopped && unanswered < limit) {
            stopped = false;
            ctx.channel().config().setAutoRead(true);
        }
    }

    /** Returns whether all requests have their reply. Called on the event loop. */
    public static boolean noneOf(Connection connection) {
        var limit = connection.channel().pipeline().get(UnansweredLimit.class);
        return limit == null || limit.unanswered == 0;
    }
}
