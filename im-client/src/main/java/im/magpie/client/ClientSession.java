package im.magpie.client;

import im.magpie.client.connection.Heartbeat;
import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Transport;
import im.magpie.client.outbox.Outbox;
import im.magpie.client.timeline.HistoryReader;
import im.magpie.client.timeline.ReadMarks;
import im.magpie.client.timeline.Syncer;
import im.magpie.client.timeline.Timelines;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.LogoutRequest;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds a client together: hands every connection to those who work over it, what the server says to whom it concerns, and what the user asks to the
 * loop on which everything happens.
 */
final class ClientSession implements Connector.Owner, Syncer.Listener {

    private final ClientOptions options;
    private final @Nullable EventLoopGroup ownLoops;
    private final EventLoop loop;
    private final Callbacks callbacks;
    private final Connector connector;
    private final Timelines timelines;
    private final Syncer syncer;
    private final ReadMarks reads;
    private final Outbox outbox;
    private final Heartbeat heartbeat;
    private final List<LinkUser> linkUsers;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private ClientState state = ClientState.CONNECTING;
    private @Nullable RequestFailedException end;
    private boolean closed;
    private volatile long clockOffsetMillis;
    private volatile @Nullable String node;

    ClientSession(ClientOptions options) {
        this.options = options;
        var shared = options.eventLoops();
        var loops = shared == null ? Transport.newGroup(1) : shared;
        this.ownLoops = shared == null ? loops : null;
        this.loop = loops.next();
        var store = options.store();
        var timings = options.timings();
        this.callbacks = new Callbacks(options.listener(), loop, this::readOrWait);
        this.connector = new Connector(loop, options, this);
        this.timelines = new Timelines(loop, store, timings, options.initialHistory(), this::complete);
        this.syncer = new Syncer(store, timelines, timings, this);
        this.reads = new ReadMarks(timings);
        this.outbox = new Outbox(store, timings, this::durable);
        this.heartbeat = new Heartbeat(timings.silence(), this::pong);
        this.linkUsers = List.of(timelines, syncer, outbox, reads);
    }

    void start() {
        loop.execute(() -> connector.connect(null));
    }

    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    long serverTime() {
        return System.currentTimeMillis() + clockOffsetMillis;
    }

    @Nullable
    String node() {
        return node;
    }

    CompletableFuture<SentMessage> send(SendRequest message) {
        return onLoop(sent -> outbox.add(message, reply -> {
            switch (reply) {
                case Reply.SendOk ok -> callbacks.complete(sent, SentMessage.of(message, ok.body()));
                case Reply.Failure failure -> callbacks.fail(sent, RequestFailedException.of(failure));
                default -> callbacks.fail(sent, RequestFailedException.unexpected(reply));
            }
        }));
    }

    void read(String conversationId, long sequence) {
        onLoop(_ -> reads.read(conversationId, sequence));
    }

    CompletableFuture<Integer> unsent() {
        return onLoop(unsent -> callbacks.complete(unsent, outbox.size()));
    }

    CompletableFuture<List<ChatMessage>> history(String conversationId, long after, long to) {
        return onLoop(history -> {
            var reader = new HistoryReader.Reader() {
                @Override
                public void read(List<ChatMessage> messages) {
                    callbacks.complete(history, messages);
                }

                @Override
                public void failed(Reply.Failure why) {
                    callbacks.fail(history, RequestFailedException.of(why));
                }
            };
            HistoryReader.read(requireLink(), options.timings().reply(), conversationId, after, to, reader);
        });
    }

    CompletableFuture<Void> logout() {
        return onLoop(done -> {
            var link = connector.link();
            if (link == null) {
                shutDown();
                throw RequestFailedException.noAnswer("there is no connection to log out over");
            }
            var request = LogoutRequest.getDefaultInstance();
            link.request(
                    id -> new Request.Logout(id, request), options.timings().reply(), reply -> {
                        shutDown();
                        if (reply instanceof Reply.Failure failure) {
                            callbacks.fail(done, RequestFailedException.of(failure));
                        } else {
                            callbacks.complete(done);
                        }
                    });
        });
    }

    void close() {
        if (loop.inEventLoop()) {
            shutDown();
            return;
        }
        var done = new CompletableFuture<Void>();
        try {
            loop.execute(() -> {
                shutDown();
                done.complete(null);
            });
            done.join();
        } catch (RejectedExecutionException _) {
            // Closed already, or robbed of its loop: either way nothing uses the store any more.
            options.store().close();
        }
    }

    @Override
    public void online(Link link) {
        adjustClock(link.welcome().getServerTime());
        node = link.welcome().getNodeId();
        enter(ClientState.ONLINE);
        link.reading(!callbacks.crowded());
        linkUsers.forEach(user -> user.online(link));
        heartbeat.start(link);
    }

    @Override
    public void offline() {
        node = null;
        enter(ClientState.CONNECTING);
        linkUsers.forEach(LinkUser::offline);
    }

    @Override
    public void pushed(Push push) {
        switch (push) {
            case Push.Messages messages -> messages.body().getMessagesList().forEach(timelines::pushed);
            case Push.Receipts receipts ->
                receipts.body().getReceiptsList().forEach(receipt -> callbacks.tell(it -> it.onReceipt(receipt)));
            case Push.Kicked kicked -> kicked(kicked.body().getReason());
            case Push.GoAway goAway ->
                connector.connect(GatewayAddress.parse(goAway.body().getAddress()));
        }
    }

    @Override
    public void refused(RequestFailedException why) {
        end(why);
    }

    @Override
    public void changed(ConversationEntry conversation) {
        reads.seen(conversation);
        callbacks.tell(listener -> listener.onConversation(conversation));
    }

    @Override
    public void caughtUp() {
        connector.proved();
        if (!ready.isDone()) {
            callbacks.complete(ready);
        }
    }

    private void kicked(KickReason reason) {
        end(RequestFailedException.noAnswer("the server has ended this device's session"));
        callbacks.tell(listener -> listener.onKicked(reason));
    }

    private void pong(PingReply pong) {
        adjustClock(pong.getServerTime());
        if (pong.getSyncRequired()) {
            syncer.sync();
        } else if (pong.hasIndexVersion()) {
            syncer.heardOf(pong.getIndexVersion());
        }
    }

    private void complete(List<ChatMessage> messages) {
        messages.forEach(message -> callbacks.tell(listener -> listener.onMessage(message)));
    }

    /** The server does not push to a device what it has sent itself: here it enters the timeline. */
    private void durable(SendRequest message, SendReply reply) {
        timelines.sent(ChatMessage.newBuilder()
                .setConversationId(message.getConversationId())
                .setSenderId(options.account().userId())
                .setClientMessageId(message.getClientMessageId())
                .setContent(message.getContent())
                .setSequence(reply.getSequence())
                .setOrdinal(reply.getOrdinal())
                .setServerTime(reply.getServerTime())
                .build());
    }

    private void adjustClock(long serverTime) {
        clockOffsetMillis = serverTime - System.currentTimeMillis();
    }

    /** What the listener has no time for waits in the network. */
    private void readOrWait() {
        var link = connector.link();
        if (link != null) {
            link.reading(!callbacks.crowded());
        }
    }

    private Link requireLink() {
        var link = connector.link();
        if (link == null) {
            throw RequestFailedException.noAnswer("there is no connection");
        }
        return link;
    }

    private void enter(ClientState next) {
        if (state != next && state != ClientState.CLOSED) {
            state = next;
            callbacks.tell(listener -> listener.onState(next));
        }
    }

    private void end(RequestFailedException why) {
        if (end != null) {
            return;
        }
        end = why;
        enter(ClientState.CLOSED);
        connector.stop();
        outbox.abandon(why.reply());
        callbacks.fail(ready, why);
    }

    private void shutDown() {
        if (closed) {
            return;
        }
        closed = true;
        end(RequestFailedException.noAnswer("the client is closed"));
        options.store().close();
        callbacks.close();
        if (ownLoops != null) {
            ownLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
        }
    }

    /** Runs an action on the loop. It completes the future, or throws why it can't. */
    private <T> CompletableFuture<T> onLoop(Consumer<CompletableFuture<T>> action) {
        var future = new CompletableFuture<T>();
        try {
            loop.execute(() -> {
                try {
                    if (end != null) {
                        throw end;
                    }
                    action.accept(future);
                } catch (RuntimeException e) {
                    callbacks.fail(future, e);
                }
            });
        } catch (RejectedExecutionException _) {
            future.completeExceptionally(RequestFailedException.noAnswer("the client is closed"));
        }
        return future;
    }
}
