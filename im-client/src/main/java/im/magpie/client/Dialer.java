package im.magpie.client;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.Transport;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LoginRequest;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Connects and logs in. What may block, the suppliers and the look-up of names, runs on a virtual thread, all else on
 * the loop.
 */
final class Dialer {

    /** Hears how it went, on the loop: one of the two. */
    interface Answer {

        void loggedIn(Link link, LoginReply welcome);

        void failed(RequestFailedException why);
    }

    private record Call(GatewayAddress gateway, InetSocketAddress address, String userSig) {}

    private final EventLoop loop;
    private final ClientOptions options;
    private @Nullable GatewayAddress tried;

    Dialer(EventLoop loop, ClientOptions options) {
        this.loop = loop;
        this.options = options;
    }

    /**
     * Dials.
     *
     * @param preferred where the server has sent us; null for any gateway, but another than the last one where there is
     *     another
     */
    void dial(@Nullable GatewayAddress preferred, Answer answer) {
        var before = tried;
        CompletableFuture.supplyAsync(() -> prepare(preferred, before), Thread::startVirtualThread)
                .thenComposeAsync(call -> connect(call, answer), loop)
                .whenCompleteAsync(
                        (_, failure) -> {
                            if (failure != null) {
                                answer.failed(asRefusal(failure));
                            }
                        },
                        loop);
    }

    private Call prepare(@Nullable GatewayAddress preferred, @Nullable GatewayAddress before) {
        var gateway = preferred == null ? choose(options.gateways().get(), before) : preferred;
        var address = new InetSocketAddress(gateway.host(), gateway.port());
        if (address.isUnresolved()) {
            throw RequestFailedException.noAnswer("the name " + gateway.host() + " is not known");
        }
        return new Call(gateway, address, options.userSig().get());
    }

    private static GatewayAddress choose(List<GatewayAddress> gateways, @Nullable GatewayAddress before) {
        var others =
                gateways.stream().filter(gateway -> !gateway.equals(before)).toList();
        var choice = others.isEmpty() ? gateways : others;
        if (choice.isEmpty()) {
            throw RequestFailedException.noAnswer("no gateway is known");
        }
        return choice.get(ThreadLocalRandom.current().nextInt(choice.size()));
    }

    private CompletableFuture<?> connect(Call call, Answer answer) {
        tried = call.gateway();
        return Transport.connect(
                        loop, call.address(), options.tls(), options.timings().connect())
                .thenAccept(link -> login(link, call.userSig(), answer));
    }

    private void login(Link link, String userSig, Answer answer) {
        var account = options.account();
        var count = options.store().countLogin();
        var request = LoginRequest.newBuilder()
                .setAppId(account.appId())
                .setUserId(account.userId())
                .setUserSig(userSig)
                .setClientType(account.clientType())
                .setDeviceId(account.deviceId())
                .setDeviceName(account.deviceName())
                .setRun(count.run())
                .setAttempt(count.number())
                .build();
        link.request(id -> new Request.Login(id, request), options.timings().reply(), reply -> {
            switch (reply) {
                case Reply.LoginOk ok -> answer.loggedIn(link, ok.body());
                case Reply.Failure failure -> {
                    link.close();
                    answer.failed(RequestFailedException.of(failure));
                }
                default -> {
                    link.close();
                    answer.failed(RequestFailedException.unexpected(reply));
                }
            }
        });
    }

    private static RequestFailedException asRefusal(Throwable failure) {
        var cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof RequestFailedException refusal
                ? refusal
                : RequestFailedException.noAnswer(cause.toString());
    }
}
