package im.magpie.tcp.request;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LogoutReply;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.heartbeat.Heartbeat;
import im.magpie.tcp.heartbeat.Reconciliation;
import im.magpie.tcp.rate.ConnectionRate;
import im.magpie.tcp.room.RoomSends;
import im.magpie.tcp.send.Sends;
import im.magpie.tcp.timeline.Typing;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/** Brings each request of a connection that has logged in to what answers it; nothing here waits for anything. */
public final class RequestHandler extends SimpleChannelInboundHandler<Request> {

    private final Connection connection;
    private final Sends sends;
    private final RoomSends roomSends;
    private final Heartbeat heartbeat;
    private final Typing typing;
    private final RequestHandlers shared;

    RequestHandler(
            Connection connection,
            Sends sends,
            RoomSends roomSends,
            Heartbeat heartbeat,
            Typing typing,
            RequestHandlers shared) {
        super(Request.class);
        this.connection = connection;
        this.sends = sends;
        this.roomSends = roomSends;
        this.heartbeat = heartbeat;
        this.typing = typing;
        this.shared = shared;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Request request) {
        if (connection.ended()) {
            return;
        }
        var notice = request.isNotice();
        if (notice != (request.requestId() == 0)) {
            var rule = notice ? "a notice has the number 0" : "a request has a number other than 0";
            connection.rate().count();
            connection.write(Failure.of(request, ErrorCode.INVALID_REQUEST, rule));
        } else {
            handleInTime(request);
        }
    }

    private void handleInTime(Request request) {
        var pause = 0;
        if (canWait(request)) {
            pause = connection.rate().admit();
        } else {
            connection.rate().count();
        }
        if (pause == 0) {
            handle(request);
            return;
        }
        shared.meters().refusedForRate();
        if (request instanceof Request.Send send) {
            sends.refuseForRate(send, pause);
        } else {
            connection.write(Failure.of(request, ErrorCode.RATE_LIMITED, ConnectionRate.TOO_FAST, pause));
        }
    }

    /** What keeps a connection in order, and what has no reply to be refused by, counts but is always taken on. */
    private static boolean canWait(Request request) {
        return switch (request) {
            case Request.Room _, Request.RoomSend _ -> true;
            case Request.Send _, Request.Sync _, Request.Pull _, Request.Read _ -> true;
            case Request.Configure _, Request.Devices _, Request.SignOut _, Request.Group _, Request.Unknown _ -> true;
            case Request.PushAcknowledgement _, Request.Typing _, Request.Ping _, Request.Login _, Request.Logout _ ->
                false;
        };
    }

    private void handle(Request request) {
        switch (request) {
            case Request.Send send -> sends.send(send);
            case Request.PushAcknowledgement notice -> acknowledge(notice);
            case Request.Ping ping -> heartbeat.ping(ping);
            case Request.Sync sync -> shared.reading().sync(connection, sync);
            case Request.Pull pull -> shared.reading().pull(connection, pull);
            case Request.Read read -> shared.marking().read(connection, read);
            case Request.Configure configure -> shared.reading().configure(connection, configure);
            case Request.Typing notice -> typing.noticed(notice.body().getConversationId());
            case Request.Devices devices -> shared.devices().list(connection, devices);
            case Request.SignOut signOut -> shared.devices().signOut(connection, signOut);
            case Request.Group group -> shared.groups().call(connection, group);
            case Request.Room room -> shared.rooms().call(connection, room);
            case Request.RoomSend send -> roomSends.send(send);
            case Request.Logout logout -> logout(logout);
            case Request.Login login ->
                connection.write(Failure.of(login, ErrorCode.ALREADY_LOGGED_IN, "one connection, one login"));
            case Request.Unknown unknown -> connection.write(Failure.unknownCommand(unknown));
        }
    }

    private void acknowledge(Request.PushAcknowledgement notice) {
        connection.deliveries().noticed();
        for (var position : notice.body().getPositionsList()) {
            connection.deliveries().acknowledge(position.getConversationId(), position.getSequence());
        }
        shared.marking().delivered(connection, notice.body());
    }

    private void logout(Request.Logout logout) {
        // What the client has written behind it is not read any more.
        connection.channel().config().setAutoRead(false);
        connection.deliveries().close();
        shared.ends().end(connection.requireSession(), told -> {
            var answer = told
                    ? new Reply.LogoutOk(logout.requestId(), LogoutReply.getDefaultInstance())
                    : Failure.of(logout, ErrorCode.UNAVAILABLE, "the services can't be reached");
            connection.lastWords(answer);
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Reconciliation.Turn.NOW) {
            heartbeat.reconcile();
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }
}
