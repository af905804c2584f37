package im.magpie.tcp.login;

import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.tcp.connection.Connection;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection's first packet, which must be LOGIN and come in time. While it is being validated nothing else is
 * read: what the client has written behind it waits, and so do pushes. A refused login is answered, and its connection
 * closes. An accepted one puts the handler of all other requests in this one's place.
 */
public final class LoginHandler extends SimpleChannelInboundHandler<Request> {

    private enum State {
        AWAITED,
        UNDER_WAY,
        OVER
    }

    private final Connection connection;
    private final Wire wire;
    private final Duration patience;
    private final Authenticator authenticator;
    private final Welcome welcome;
    private final Function<Connection, ChannelHandler> successor;
    private State state = State.AWAITED;
    private @Nullable Future<?> deadline;

    /** Makes the handler of one connection; {@code successor} makes the one that comes after it. */
    public LoginHandler(
            Connection connection,
            Wire wire,
            LoginSettings settings,
            Authenticator authenticator,
            Welcome welcome,
            Function<Connection, ChannelHandler> successor) {
        super(Request.class);
        this.connection = connection;
        this.wire = wire;
        this.patience = settings.deadline();
        this.authenticator = authenticator;
        this.welcome = welcome;
        this.successor = successor;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        deadline = ctx.executor().schedule(this::tooLate, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        cancelDeadline();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        cancelDeadline();
        ctx.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Request request) {
        if (state != State.AWAITED) {
            return;
        }
        if (request instanceof Request.Login login) {
            begin(ctx, login);
        } else {
            end(Failure.of(request, ErrorCode.LOGIN_REQUIRED, "the first packet is LOGIN"));
        }
    }

    private void begin(ChannelHandlerContext ctx, Request.Login login) {
        if (login.requestId() == 0) {
            end(Failure.of(login, ErrorCode.INVALID_REQUEST, "a request has a number other than 0"));
            return;
        }
        state = State.UNDER_WAY;
        cancelDeadline();
        ctx.channel().config().setAutoRead(false);
        authenticator.login(connection, login.body(), result -> connection.execute(() -> finish(ctx, login, result)));
    }

    private void finish(ChannelHandlerContext ctx, Request.Login login, LoginResult result) {
        switch (result) {
            case LoginResult.In in -> admit(ctx, login, in);
            case LoginResult.Refused refused ->
                end(Failure.of(login, refused.code(), refused.message(), refused.retryAfterMillis()));
        }
    }

    private void admit(ChannelHandlerContext ctx, Request.Login login, LoginResult.In in) {
        if (!ctx.channel().isActive()) {
            return;
        }
        state = State.OVER;
        wire.loggedIn();
        connection.loggedIn(in.session());
        ctx.pipeline().replace(this, "requests", successor.apply(connection));
        connection.write(new Reply.LoginOk(login.requestId(), welcome.reply(in)));
        connection.deliveries().open();
        ctx.channel().config().setAutoRead(true);
    }

    private void tooLate() {
        end(new Failure(
                0,
                Command.LOGIN_VALUE,
                ErrorCode.LOGIN_TIMEOUT,
                ErrorDetail.newBuilder()
                        .setMessage("LOGIN comes within %d ms".formatted(patience.toMillis()))
                        .build()));
    }

    private void end(Failure failure) {
        state = State.OVER;
        cancelDeadline();
        connection.lastWords(failure);
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}
