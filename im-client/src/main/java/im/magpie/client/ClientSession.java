package im.magpie.client;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.Transport;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.LogoutRequest;
import im.magpie.codec.protocol.SendRequest;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A client's life, from start to close: hands every connection to the device, and what the user asks to the loop on
 * which everything happens.
 */
final class ClientSession implements Connector.Owner {

    private final ClientOptions options;
    private final @Nullable EventLoopGroup ownLoops;
    private final EventLoop loop;
    private final Callbacks callbacks;
    private final Connector connector;
    private final Device device;
    private final Requests requests;
    private final Groups groups;
    private final Rooms rooms;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private ClientState state = ClientState.CONNECTING;
    private @Nullable RequestFailedException end;
    private boolean closed;

    ClientSession(ClientOptions options) {
        this.options = options;
        var shared = options.eventLoops();
        var loops = shared == null ? Transport.newGroup(1) : shared;
        this.ownLoops = shared == null ? loops : null;
        this.loop = Transport.loopOf(loops);
        this.callbacks = new Callbacks(options.listener(), loop, this::readOrWait);
        this.connector = new Connector(loop, options, this);
        this.device = new Device(loop, options, callbacks, this::caughtUp);
        this.requests = new Requests(
                this::onLoop, connector, device, callbacks, options.timings().reply());
        this.groups = new Groups(this::ask, callbacks);
        this.rooms = new Rooms(this::ask, this::onLoop, device.visits(), callbacks, device::serverTime);
    }

    void start() {
        loop.execute(() -> connector.connect(null));
    }

    CompletableFuture<Void> ready() {
        return ready.copy();
    }

    long serverTime() {
        return device.serverTime();
    }

    @Nullable
    String node() {
        return device.node();
    }

    /** Returns what asks the server over the connection that there is. */
    Requests requests() {
        return requests;
    }

    Groups groups() {
        return groups;
    }

    Rooms rooms() {
        return rooms;
    }

    private <T> CompletableFuture<T> ask(
            IntFunction<Request> request, BiConsumer<CompletableFuture<T>, Reply> answered) {
        return onLoop(future -> device.calls().ask(request, reply -> answered.accept(future, reply), future));
    }

    long resends() {
        return device.outbox().resends();
    }

    CompletableFuture<SentMessage> send(SendRequest message) {
        return onLoop(sent -> device.outbox().add(message, reply -> {
            switch (reply) {
                case Reply.SendOk ok -> callbacks.complete(sent, SentMessage.of(message, ok.body()));
                case Reply.Failure failure -> callbacks.fail(sent, RequestFailedException.of(failure));
                default -> callbacks.fail(sent, RequestFailedException.unexpected(reply));
            }
        }));
    }

    void read(String conversationId, long sequence) {
        onLoop(_ -> device.reads().read(conversationId, sequence));
    }

    CompletableFuture<Integer> unsent() {
        return onLoop(unsent -> callbacks.complete(unsent, device.outbox().size()));
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

    /** Blocks until everything is closed. */
    void close() {
        if (loop.inEventLoop()) {
            shutDown();
            return;
        }
        var done = new CompletableFuture<Void>();
        try {
            loop.execute(() -> {
                try {
                    shutDown();
                } finally {
                    done.complete(null);
                }
            });
            done.join();
        } catch (RejectedExecutionException _) {
            // Closed already, or robbed of its loop: either way nothing uses the store any more.
            options.store().close();
        }
    }

    @Override
    public void online(Link link) {
        link.reading(!callbacks.crowded());
        device.online(link);
        enter(ClientState.ONLINE);
    }

    @Override
    public void offline() {
        device.offline();
        enter(ClientState.CONNECTING);
    }

    @Override
    public void pushed(Push push) {
        switch (push) {
            case Push.Messages messages -> device.pushed(messages.body());
            case Push.Notice notice -> device.pushed(notice.body());
            case Push.Receipts receipts -> device.pushed(receipts.body());
            case Push.Settings settings -> device.pushed(settings.body());
            case Push.JoinRequests request -> device.pushed(request.body());
            case Push.Typing typing -> device.pushed(typing.body());
            case Push.Rooms rooms -> device.visits().pushed(rooms.body());
            case Push.Kicked kicked -> kicked(kicked.body());
            case Push.GoAway goAway ->
                connector.connect(GatewayAddress.parse(goAway.body().getAddress()));
        }
    }

    @Override
    public void refused(RequestFailedException why) {
        end(why);
    }

    private void caughtUp() {
        connector.proved();
        if (!ready.isDone()) {
            callbacks.complete(ready);
        }
    }

    private void kicked(Kicked kicked) {
        end(RequestFailedException.noAnswer("the server has ended this device's session"));
        callbacks.tell(listener -> listener.onKicked(kicked));
    }

    /** What the listener has no time for waits in the network. */
    private void readOrWait() {
        var link = connector.link();
        if (link != null) {
            link.reading(!callbacks.crowded());
        }
    }

    private void enter(ClientState next) {
        if (state != next && state != ClientState.CLOSED) {
            state = next;
            callbacks.tell(listener -> listener.onState(next));
        }
    }

    private void end(RequestFailedException why) {
        if (end == null) {
            end = why;
            enter(ClientState.CLOSED);
            connector.stop();
            device.outbox().abandon(why.reply());
            device.calls().abandon(why);
            device.visits().abandon(why.reply());
            callbacks.fail(ready, why);
        }
    }

    private void shutDown() {
        if (!closed) {
            closed = true;
            end(RequestFailedException.noAnswer("the client is closed"));
            callbacks.close();
            device.visits().close();
            if (ownLoops != null) {
                ownLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
            }
            options.store().close();
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
