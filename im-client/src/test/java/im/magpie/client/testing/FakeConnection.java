package im.magpie.client.testing;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.SyncReply;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The gateway's end of a connection. A test reads the requests of each kind one after the other, and answers as it
 * likes.
 */
public final class FakeConnection {

    /** What a client that logs in is told, unless the test has something else to say. */
    public static final LoginReply WELCOME = LoginReply.newBuilder()
            .setServerTime(System.currentTimeMillis())
            .setHeartbeatIntervalMs(60_000)
            .setMaxBodyBytes(1 << 20)
            .setNodeId("node-1")
            .build();

    private final Channel channel;
    private final Map<Class<? extends Request>, BlockingQueue<Request>> requests = new ConcurrentHashMap<>();

    private FakeConnection(Channel channel) {
        this.channel = channel;
    }

    static FakeConnection on(Channel channel) {
        var connection = new FakeConnection(channel);
        channel.pipeline().addLast(new SimpleChannelInboundHandler<Request>(Request.class) {
            @Override
            protected void channelRead0(ChannelHandlerContext ctx, Request request) {
                connection.queue(request.getClass()).add(request);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        });
        return connection;
    }

    private BlockingQueue<Request> queue(Class<? extends Request> kind) {
        return requests.computeIfAbsent(kind, _ -> new LinkedBlockingQueue<>());
    }

    /** Returns the next request of a kind. */
    public <R extends Request> R next(Class<R> kind) {
        return kind.cast(Await.next(queue(kind), kind.getSimpleName()));
    }

    /** Returns whether no more of a kind have come than the test has read. */
    public boolean quiet(Class<? extends Request> kind) {
        return queue(kind).isEmpty();
    }

    /** Lets the client in. */
    public Request.Login login() {
        return login(WELCOME);
    }

    public Request.Login login(LoginReply welcome) {
        var login = next(Request.Login.class);
        write(new Reply.LoginOk(login.requestId(), welcome));
        return login;
    }

    /** Lets the client in, and tells it that nothing has changed. */
    public void welcome() {
        login();
        var sync = next(Request.Sync.class);
        write(new Reply.SyncOk(sync.requestId(), SyncReply.getDefaultInstance()));
    }

    /** Returns the position that the client acknowledges next, in the one conversation that it has. */
    public long acknowledged() {
        var positions = next(Request.PushAcknowledgement.class).body().getPositionsList();
        assertThat(positions).hasSize(1);
        assertThat(positions.getFirst().getConversationId()).isEqualTo(TestClients.CONVERSATION);
        return positions.getFirst().getSequence();
    }

    /** Answers a SYNC with one page. */
    public void synced(SyncReply page) {
        write(new Reply.SyncOk(next(Request.Sync.class).requestId(), page));
    }

    public void push(ChatMessage... messages) {
        write(new Push.Messages(
                MessagePush.newBuilder().addAllMessages(List.of(messages)).build()));
    }

    public void refuse(Request request, ErrorCode code) {
        write(Reply.Failure.of(request, code, "because"));
    }

    public void write(Packet packet) {
        channel.writeAndFlush(packet);
    }

    /** Writes what is no frame. */
    public void garbage() {
        var head = channel.pipeline().firstContext();
        head.writeAndFlush(Unpooled.copiedBuffer("HTTP/1.1 400 Bad Request\r\n\r\n", StandardCharsets.US_ASCII));
    }

    public void close() {
        channel.close().syncUninterruptibly();
    }

    /** Completes when either side has closed. */
    public CompletableFuture<Boolean> closed() {
        var closed = new CompletableFuture<Boolean>();
        channel.closeFuture().addListener(_ -> closed.complete(true));
        return closed;
    }

    public static IndexVersion version(long counter) {
        return IndexVersion.newBuilder().setEpoch(1).setCounter(counter).build();
    }
}
