package im.magpie.bench.client;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.bench.MeasurementException;
import im.magpie.codec.frame.Frame;
import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PingRequest;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A connection that is as small as it can be. Used by its event loop only, but for what says otherwise. */
public final class Peer extends ChannelInboundHandlerAdapter {

    private static final int LOGIN_ID = 1;
    private static final int PING_ID = 3;
    private static final int FIRST_ID = 5;
    private static final ByteBuf PING = Unpooled.unreleasableBuffer(Unpooled.directBuffer()
            .writeBytes(Packets.encode(new Request.Ping(PING_ID, PingRequest.getDefaultInstance()))));

    private final LoginRequest login;
    private final Role role;
    private final CompletableFuture<LoginReply> entered = new CompletableFuture<>();
    private @Nullable ChannelHandlerContext context;
    private int lastRequestId = FIRST_ID;
    private boolean unflushed;
    private boolean leaving;

    public Peer(LoginRequest login, Role role) {
        this.login = login;
        this.role = role;
    }

    void addTo(Channel channel) {
        var wire = Packets.wire();
        channel.pipeline().addLast(new FrameDecoder(wire), new PacketEncoder(wire), this);
    }

    public String userId() {
        return login.getUserId();
    }

    /** Completes when the server has let it in, exceptionally when it does not. Any thread may wait for it. */
    public CompletableFuture<LoginReply> entered() {
        return entered;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        context = ctx;
        ctx.writeAndFlush(new Request.Login(LOGIN_ID, login), ctx.voidPromise());
    }

    /** Writes a frame, which leaves with the next {@link #flush}, or when all that has come is read. */
    public void write(ByteBuf frame) {
        var ctx = context();
        ctx.write(frame, ctx.voidPromise());
        unflushed = true;
    }

    /** Writes a request that is made of its id, an odd number. */
    public int request(IntFunction<Request> request) {
        lastRequestId += 2;
        var ctx = context();
        ctx.writeAndFlush(request.apply(lastRequestId), ctx.voidPromise());
        return lastRequestId;
    }

    public void flush() {
        if (unflushed) {
            unflushed = false;
            context().flush();
        }
    }

    void ping() {
        if (context != null && context.channel().isActive()) {
            context.writeAndFlush(PING.duplicate().retain(), context.voidPromise());
        }
    }

    public ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("not connected yet");
        }
        return context;
    }

    /** Closes the connection, without a word. */
    void leave() {
        leaving = true;
        if (context != null) {
            context.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) throws InvalidProtocolBufferException {
        var frame = (Frame) read;
        try {
            read(frame);
        } finally {
            frame.release();
        }
    }

    private void read(Frame frame) throws InvalidProtocolBufferException {
        if (frame.status() != ErrorCode.OK_VALUE) {
            refused(frame);
        } else if (frame.requestId() == 0) {
            role.pushed(this, frame.command(), frame.body());
        } else if (frame.command() == Command.PING_VALUE) {
            if (frame.body().readableBytes() > 0
                    && PingReply.parseFrom(frame.body().nioBuffer()).getSyncRequired()) {
                role.behind(this);
            }
        } else if (frame.command() == Command.LOGIN_VALUE) {
            var welcome = LoginReply.parseFrom(frame.body().nioBuffer());
            role.entered(this, welcome);
            entered.complete(welcome);
        } else {
            role.replied(this, frame.command(), frame.requestId(), frame.body());
        }
    }

    private void refused(Frame frame) throws InvalidProtocolBufferException {
        var known = ErrorCode.forNumber(frame.status());
        var code = known == null ? ErrorCode.UNRECOGNIZED : known;
        var detail = ErrorDetail.parseFrom(frame.body().nioBuffer());
        if (frame.command() == Command.LOGIN_VALUE || frame.requestId() == 0) {
            fail("%s was refused by the server: %s %s".formatted(userId(), code, detail.getMessage()));
        } else {
            role.refused(this, frame.command(), frame.requestId(), code, detail);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        role.readAll(this);
        flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!leaving) {
            fail("the connection of %s was closed by the server".formatted(userId()));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail("the connection of %s failed: %s".formatted(userId(), cause));
        ctx.close();
    }

    void fail(String why) {
        leaving = true;
        if (!entered.completeExceptionally(new MeasurementException(why))) {
            role.lost(this, why);
        }
    }
}
