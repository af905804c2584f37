package im.magpie.client;

import im.magpie.client.connection.Link;
import im.magpie.client.timeline.HistoryReader;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.DevicesRequest;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.codec.protocol.Typing;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What the user asks of the server over the connection that there is: it is answered now or fails, and nothing of it is kept for the next connection.
 * Safe for use by many threads.
 */
final class Requests {

    /** The loop on which a client's life happens. */
    interface Loop {

        /** Runs an action on it, unless that life is over. The action completes the future, or throws why it can't. */
        <T> CompletableFuture<T> run(Consumer<CompletableFuture<T>> action);
    }

    private final Loop loop;
    private final Connector connector;
    private final Device device;
    private final Callbacks callbacks;
    private final Duration timeout;

    /** @param timeout how long replies are waited for */
    Requests(Loop loop, Connector connector, Device device, Callbacks callbacks, Duration timeout) {
        this.loop = loop;
        this.connector = connector;
        this.device = device;
        this.callbacks = callbacks;
        this.timeout = timeout;
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
        loop.run(_ -> {
            var link = connector.link();
            if (link != null) {
                var typing =
                        Typing.newBuilder().setConversationId(conversationId).build();
                link.notice(new Request.Typing(0, typing));
            }
        });
    }

    CompletableFuture<List<ChatMessage>> history(String conversationId, long after, long to) {
        return loop.run(
                history -> HistoryReader.read(requireLink(), timeout, conversationId, after, to, completing(history)));
    }

    /** Needs the server only for what the device does not have. */
    CompletableFuture<List<ChatMessage>> earlier(String conversationId, long before, int limit) {
        return loop.run(
                earlier -> device.earlier(connector.link(), conversationId, before, limit, completing(earlier)));
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

    /** A failure fails the future; any other reply completes it. */
    private <T> CompletableFuture<T> ask(
            IntFunction<Request> request, BiConsumer<CompletableFuture<T>, Reply> answered) {
        return loop.run(future -> requireLink().request(request, timeout, reply -> {
            if (reply instanceof Reply.Failure failure) {
                callbacks.fail(future, RequestFailedException.of(failure));
            } else {
                answered.accept(future, reply);
            }
        }));
    }

    private Link requireLink() {
        var link = connector.link();
        if (link == null) {
            throw RequestFailedException.noAnswer("there is no connection");
        }
        return link;
    }
}
