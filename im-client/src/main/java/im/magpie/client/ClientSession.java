package im.magpie.client;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.Transport;
import im.magpie.client.timeline.HistoryReader;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.DevicesRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.LogoutRequest;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.codec.protocol.Typing;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.util.List;
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

    CompletableFuture<PersonalSettings> configure(ConfigureRequest request) {
        return ask(id -> new Request.Configure(id, request), (configured, reply) -> {
            if (reply instanceof Reply.ConfigureOk ok) {
                device.adopt(request.getConversationId(), ok.body().getSettings());
                callbacks.complete(configured, ok.body().getSettings());
            } else {
                callbacks.fail(configured, RequestFailedException.unexpected(reply));
            }
        });
    }

    void typing(String conversationId) {
        onLoop(_ -> {
            var link = connector.link();
            if (link != null) {
                var typing =
                        Typing.newBuilder().setConversationId(conversationId).build();
                link.notice(new Request.Typing(0, typing));
            }
        });
    }

    CompletableFuture<Integer> unsent() {
        return onLoop(unsent -> callbacks.complete(unsent, device.outbox().size()));
    }

    CompletableFuture<List<ChatMessage>> history(String conversationId, long after, long to) {
        return onLoop(history -> HistoryReader.read(
                requireLink(), options.timings().reply(), conversationId, after, to, completing(history)));
    }

    CompletableFuture<List<ChatMessage>> earlier(String conversationId, long before, int limit) {
        return onLoop(earlier -> device.earlier(connector.link(), conversationId, before, limit, completing(earlier)));
    }

    private HistoryReader.Reader completing(CompletableFuture<List<ChatMessage>> history) {
        return new HistoryReader.Reader() {
            @Override
            public void read(List<ChatMessage> messages, long outlived) {
                callbacks.complete(history, messages);
            }

            @Override
            public void failed(Reply.Failure why) {
                callbacks.fail(history, RequestFailedException.of(why));
            }
        };
    }

    CompletableFuture<List<DeviceEntry>> devices() {
        var request = DevicesRequest.getDefaultInstance();
        return ask(id -> new Request.Devices(id, request), (devices, reply) -> {
            if (reply instanceof Reply.DevicesOk ok) {
                callbacks.complete(devices, ok.body().getDevicesList());
            } else {
                callbacks.fail(devices, RequestFailedException.unexpected(reply));
            }
        });
    }

    CompletableFuture<Void> signOut(ClientType clientType, String deviceId) {
        var request = SignOutRequest.newBuilder()
                .setClientType(clientType)
                .setDeviceId(deviceId)
                .build();
        return ask(id -> new Request.SignOut(id, request), (done, _) -> callbacks.complete(done));
    }

    /** Asks over the connection that there is. A failure fails the future; any other reply completes it. */
    private <T> CompletableFuture<T> ask(
            IntFunction<Request> request, BiConsumer<CompletableFuture<T>, Reply> answered) {
        return onLoop(future -> requireLink().request(request, options.timings().reply(), reply -> {
            if (reply instanceof Reply.Failure failure) {
                callbacks.fail(future, RequestFailedException.of(failure));
            } else {
                answered.accept(future, reply);
            }
        }));
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
            case Push.Receipts receipts -> device.pushed(receipts.body());
            case Push.Settings settings -> device.pushed(settings.body());
            case Push.Typing typing -> device.pushed(typing.body());
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
        if (end == null) {
            end = why;
            enter(ClientState.CLOSED);
            connector.stop();
            device.outbox().abandon(why.reply());
            callbacks.fail(ready, why);
        }
    }

    private void shutDown() {
        if (!closed) {
            closed = true;
            end(RequestFailedException.noAnswer("the client is closed"));
            callbacks.close();
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
