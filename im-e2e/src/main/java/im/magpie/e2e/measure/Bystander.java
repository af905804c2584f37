package im.magpie.e2e.measure;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.business.Office;
import im.magpie.client.GatewayAddress;
import im.magpie.client.connection.Heartbeat;
import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkEvents;
import im.magpie.client.connection.Transport;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.SyncRequest;
import io.netty.channel.EventLoopGroup;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A user who is online and is told that there is something, but asks for none of it: what a message costs then is what its sender makes it cost. A connection that is
 * lost is not made again.
 */
final class Bystander implements Online, LinkEvents {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final LongAdder told;
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile @Nullable Link link;

    /**
     * Begins to log in.
     *
     * @param told counts what is pushed
     */
    Bystander(Office office, String userId, GatewayAddress gateway, EventLoopGroup loops, LongAdder told) {
        this.told = told;
        var login = LoginRequest.newBuilder()
                .setAppId(Office.APP_ID)
                .setUserId(userId)
                .setUserSig(office.userSig(userId))
                .setClientType(ClientType.LINUX)
                .setDeviceId("bystander")
                .setRun(System.currentTimeMillis())
                .setAttempt(1)
                .build();
        var address = new InetSocketAddress(gateway.host(), gateway.port());
        var _ = Transport.connect(Transport.loopOf(loops), address, null, TIMEOUT)
                .thenAccept(opened -> logIn(opened, login))
                .exceptionally(why -> {
                    ready.completeExceptionally(why);
                    return null;
                });
    }

    private void logIn(Link opened, LoginRequest login) {
        link = opened;
        opened.request(id -> new Request.Login(id, login), TIMEOUT, reply -> {
            if (reply instanceof Reply.LoginOk ok) {
                opened.loggedIn(ok.body(), this);
                connections.incrementAndGet();
                new Heartbeat(TIMEOUT, _ -> {}).start(opened);
                sync(opened);
            } else {
                ready.completeExceptionally(new MeasurementException("No login: " + reply));
            }
        });
    }

    /** From then on the node counts this connection among the group's. */
    private void sync(Link opened) {
        opened.request(id -> new Request.Sync(id, SyncRequest.getDefaultInstance()), TIMEOUT, reply -> {
            if (reply instanceof Reply.SyncOk) {
                ready.complete(null);
            } else {
                ready.completeExceptionally(new MeasurementException("No SYNC: " + reply));
            }
        });
    }

    @Override
    public CompletableFuture<Void> ready() {
        return ready;
    }

    @Override
    public int connections() {
        return connections.get();
    }

    @Override
    public void pushed(Push push) {
        told.increment();
    }

    @Override
    public void closed() {
        connections.incrementAndGet();
    }

    @Override
    public void close() {
        var opened = link;
        if (opened != null) {
            opened.close();
        }
    }
}
