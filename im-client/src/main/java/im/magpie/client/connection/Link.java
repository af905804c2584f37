package im.magpie.client.connection;

import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.ReplyDecoder;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.ServerPacket;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LoginReply;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live connection. Used by its event loop only. */
public final class Link {

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);
    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;
    private static final String CLOSED = "the connection closed";

    private final Channel channel;
    private final Map<Integer, Waiting> waiting = new HashMap<>();
    private @Nullable LinkEvents events;
    private LoginReply welcome = LoginReply.getDefaultInstance();
    private int lastRequestId;
    private boolean over;
    private long lastRead = System.nanoTime();

    Link(Channel channel) {
        this.channel = channel;
    }

    void addHandlers(@Nullable SslHandler tls) {
        var wire = Wire.ofClient(FrameLimits.constant(MAX_BODY_BYTES), WireForm.PROTOBUF, false);
        var pipeline = channel.pipeline();
        if (tls != null) {
            pipeline.addLast("tls", tls);
        }
        // What is written in one turn of the loop leaves in one system call.
        pipeline.addLast(
                        "flushes",
                        new FlushConsolidationHandler(
                                FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true))
                .addLast("frameDecoder", new FrameDecoder(wire))
                .addLast("replyDecoder", new ReplyDecoder(wire))
                .addLast("packetEncoder", new PacketEncoder(wire))
                .addLast("receiver", new Receiver());
    }

    /** The server has let the client in: from now on there are events. */
    public void loggedIn(LoginReply reply, LinkEvents listener) {
        welcome = reply;
        events = listener;
    }

    /** Returns what the server said at login. */
    public LoginReply welcome() {
        return welcome;
    }

    /**
     * Writes a request.
     *
     * @param request makes it from its request id
     * @param answered takes the reply, once. When the connection closed or the time ran out, that is a failure with
     *     UNAVAILABLE, and the server may have done what was asked
     */
    public void request(IntFunction<Request> request, Duration timeout, Consumer<Reply> answered) {
        // Ids are never reused while a request waits: a connection does not live to see 2^32 of them.
        var id = ++lastRequestId;
        var packet = request.apply(id);
        if (over) {
            refuse(answered, noAnswer(CLOSED));
        } else if (packet.body().getSerializedSize() > maxBodyBytes()) {
            refuse(answered, failure(ErrorCode.FRAME_TOO_LARGE, "the server takes " + maxBodyBytes() + " bytes"));
        } else {
            var timer = later(timeout, () -> answer(id, noAnswer("no reply in " + timeout)));
            waiting.put(id, new Waiting(answered, timer));
            channel.writeAndFlush(packet, channel.voidPromise());
        }
    }

    /** Not at once: nobody expects an answer before the question is asked. */
    private void refuse(Consumer<Reply> answered, Reply.Failure why) {
        channel.eventLoop().execute(() -> guarded(() -> answered.accept(why)));
    }

    private int maxBodyBytes() {
        return welcome.getMaxBodyBytes() > 0 ? welcome.getMaxBodyBytes() : MAX_BODY_BYTES;
    }

    /** Writes a notice, which nobody answers. */
    public void notice(Request notice) {
        channel.writeAndFlush(notice, channel.voidPromise());
    }

    /** Runs something later, unless the link is closed by then. What it throws closes the link. */
    public Future<?> later(Duration wait, Runnable action) {
        return channel.eventLoop()
                .schedule(
                        () -> {
                            if (channel.isActive()) {
                                guarded(action);
                            }
                        },
                        wait.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            channel.pipeline().fireExceptionCaught(e);
        }
    }

    /** Takes up reading again, or lets what comes wait in the network. */
    public void reading(boolean wanted) {
        lastRead = System.nanoTime();
        channel.config().setAutoRead(wanted);
    }

    /** Returns how long nothing was read that could have been. */
    public Duration silence() {
        return channel.config().isAutoRead() ? Duration.ofNanos(System.nanoTime() - lastRead) : Duration.ZERO;
    }

    /** Closes; the requests that wait fail, and the events hear of it. */
    public void close() {
        channel.close();
    }

    private void receive(ServerPacket packet) {
        switch (packet) {
            case Push push -> {
                if (events != null) {
                    events.pushed(push);
                }
            }
            case Reply.Failure failure
            when failure.requestId() == 0 -> {
                LOG.warn(
                        "The gateway closes: {} {}",
                        failure.code(),
                        failure.detail().getMessage());
                channel.close();
            }
            case Reply reply -> answer(reply.requestId(), reply);
        }
    }

    private void answer(int requestId, Reply reply) {
        var waiter = waiting.remove(requestId);
        if (waiter != null) {
            waiter.timer().cancel(false);
            waiter.answered().accept(reply);
        }
    }

    /** Returns what stands for a reply that will not come: UNAVAILABLE. */
    public static Reply.Failure noAnswer(String why) {
        return failure(ErrorCode.UNAVAILABLE, why);
    }

    /** Returns a failure that no server has said. */
    public static Reply.Failure failure(ErrorCode code, String why) {
        return new Reply.Failure(
                0, 0, code, ErrorDetail.newBuilder().setMessage(why).build());
    }

    private void closed() {
        over = true;
        if (events != null) {
            events.closed();
        }
        List.copyOf(waiting.keySet()).forEach(id -> answer(id, noAnswer(CLOSED)));
    }

    private record Waiting(Consumer<Reply> answered, Future<?> timer) {}

    private final class Receiver extends SimpleChannelInboundHandler<ServerPacket> {

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ServerPacket packet) {
            receive(packet);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            lastRead = System.nanoTime();
            ctx.fireChannelReadComplete();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            closed();
        }

        /**
         * A message that could not be kept ends here too: it is not acknowledged, and the next connection brings it
         * again.
         */
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (cause instanceof IOException) {
                LOG.debug("The connection broke: {}", cause.toString());
            } else {
                LOG.warn("The connection is given up", cause);
            }
            ctx.close();
        }
    }
}
