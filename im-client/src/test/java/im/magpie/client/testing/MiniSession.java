package im.magpie.client.testing;

import im.magpie.client.RequestFailedException;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.LogoutReply;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SignOutReply;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection to {@link MiniMagpie}. All of them share one event loop. */
final class MiniSession extends SimpleChannelInboundHandler<Request> {

    private final MiniMagpie magpie;
    private final String node;
    private final List<Packet> heldUp = new ArrayList<>();
    private @Nullable ChannelHandlerContext context;
    private final Map<String, String> refused = new HashMap<>();
    private LoginRequest login = LoginRequest.getDefaultInstance();
    private boolean skipped;

    MiniSession(MiniMagpie magpie, String node) {
        super(Request.class);
        this.magpie = magpie;
        this.node = node;
    }

    String userId() {
        return login.getUserId();
    }

    LoginRequest device() {
        return login;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        magpie.leave(this);
        magpie.rooms.gone(this);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, Request request) {
        if (magpie.faults().breaks()) {
            ctx.close();
        }
        if (!ctx.channel().isActive()) {
            return;
        }
        var reply = answer(request);
        if (reply == null) {
            return;
        }
        if (magpie.faults().breaks()) {
            // It was done, but nobody will hear of it.
            ctx.close();
            return;
        }
        ctx.writeAndFlush(reply);
        if (reply instanceof Reply.LoginOk) {
            magpie.enter(this);
        } else if (reply instanceof Reply.LogoutOk) {
            ctx.close();
        }
    }

    private @Nullable Reply answer(Request request) {
        var id = request.requestId();
        return switch (request) {
            case Request.Login login -> new Reply.LoginOk(id, login(login.body()));
            case Request.Logout _ -> new Reply.LogoutOk(id, LogoutReply.getDefaultInstance());
            case Request.Ping _ -> new Reply.PingOk(id, pong());
            case Request.Devices _ -> new Reply.DevicesOk(id, magpie.devices(this));
            case Request.SignOut signOut -> {
                magpie.signOut(this, signOut.body());
                yield new Reply.SignOutOk(id, SignOutReply.getDefaultInstance());
            }
            case Request.Send send -> sent(send, send.body());
            case Request.Sync sync -> new Reply.SyncOk(id, magpie.sync(userId(), sync.body()));
            case Request.Pull pull -> new Reply.PullOk(id, pull(pull.body()));
            case Request.Read read -> {
                read.body()
                        .getPositionsList()
                        .forEach(at -> magpie.raise(this, at.getConversationId(), 0, at.getSequence()));
                yield new Reply.ReadOk(id, ReadReply.getDefaultInstance());
            }
            case Request.Configure configure -> new Reply.ConfigureOk(id, magpie.configure(this, configure.body()));
            case Request.Group group -> operated(group, () -> new Reply.GroupOk(id, magpie.group(this, group.body())));
            case Request.Room room -> operated(room, () -> new Reply.RoomOk(id, magpie.rooms.reply(this, room.body())));
            case Request.RoomSend said ->
                operated(said, () -> new Reply.RoomSendOk(id, magpie.rooms.say(this, said.body())));
            case Request.Typing typing -> {
                magpie.typed(this, typing.body().getConversationId());
                yield null;
            }
            case Request.PushAcknowledgement ack -> {
                ack.body()
                        .getPositionsList()
                        .forEach(at -> magpie.raise(this, at.getConversationId(), at.getSequence(), 0));
                yield null;
            }
            case Request.Unknown unknown -> Reply.Failure.unknownCommand(unknown);
        };
    }

    private Reply operated(Request request, Supplier<Reply> operation) {
        if (magpie.faults().strikes()) {
            return Reply.Failure.of(request, ErrorCode.UNAVAILABLE, "out of order", 2);
        }
        try {
            return operation.get();
        } catch (RequestFailedException e) {
            return Reply.Failure.of(request, e.code(), e.detail());
        }
    }

    private LoginReply login(LoginRequest request) {
        login = request;
        return LoginReply.newBuilder()
                .setServerTime(System.currentTimeMillis())
                .setIndexVersion(magpie.version(userId()))
                .setHeartbeatIntervalMs(magpie.heartbeatMillis())
                .setMaxBodyBytes(1 << 20)
                .setNodeId(node)
                .build();
    }

    private PingReply pong() {
        var pong = PingReply.newBuilder()
                .setServerTime(System.currentTimeMillis())
                .setIndexVersion(magpie.version(userId()))
                .setSyncRequired(skipped)
                .build();
        skipped = false;
        return pong;
    }

    private Reply sent(Request request, SendRequest body) {
        var refusal = magpie.refusal(userId());
        if (refusal.isPresent()) {
            return Reply.Failure.of(request, refusal.get(), "not from you");
        }
        var conversation = body.getConversationId();
        var awaited = refused.getOrDefault(conversation, body.getClientMessageId());
        if (!awaited.equals(body.getClientMessageId()) || magpie.faults().strikes()) {
            refused.putIfAbsent(conversation, body.getClientMessageId());
            return Reply.Failure.of(request, ErrorCode.BUSY, "too much to do", 2);
        }
        refused.remove(conversation);
        try {
            return acknowledged(request.requestId(), magpie.accept(this, body));
        } catch (RequestFailedException e) {
            return Reply.Failure.of(request, e.code(), e.detail());
        }
    }

    private static Reply acknowledged(int requestId, ChatMessage message) {
        return new Reply.SendOk(
                requestId,
                SendReply.newBuilder()
                        .setMessageId(message.getConversationId() + ":" + message.getSequence())
                        .setSequence(message.getSequence())
                        .setOrdinal(message.getOrdinal())
                        .setServerTime(message.getServerTime())
                        .build());
    }

    private PullReply pull(PullRequest request) {
        var reply = PullReply.newBuilder();
        for (var asked : request.getRangesList()) {
            var range = magpie.pull(userId(), asked);
            reply.addRanges(range).setMore(reply.getMore() || magpie.hasMore(userId(), asked, range));
        }
        return reply.build();
    }

    void push(Push push) {
        magpie.faults().pass(push, heldUp, packet -> context().writeAndFlush(packet));
    }

    /** A push has been left out. */
    void skipped() {
        skipped = true;
    }

    void close() {
        context().channel().close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
