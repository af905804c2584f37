package im.magpie.bench.client;

import im.magpie.bench.MeasurementException;
import im.magpie.client.connection.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

/** Connections that are open, over few threads. One thread uses it; {@link Peer}s belong to the event loops. */
public final class Crowd implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int LOGIN_TIMEOUT_SECONDS = 60;

    /**
     * There are some 28,000 ports for the connections of one address to one other, and Linux tries them one by one: 19,000 logins from one
     * address took this process four times as long each as 10,000.
     */
    private static final int CONNECTIONS_OF_AN_ADDRESS = 5_000;

    private final EventLoopGroup group;
    private final List<EventLoop> loops;
    private final List<Heartbeats> heartbeats;
    private final List<Peer> peers = new ArrayList<>();
    private final int[] connections;
    private final List<InetSocketAddress> gateways;

    /** @param threads how many event loops */
    public Crowd(int threads, List<InetSocketAddress> gateways) {
        this.group = Transport.newGroup(threads);
        this.loops = StreamSupport.stream(group.spliterator(), false)
                .map(Crowd::loop)
                .toList();
        this.heartbeats = loops.stream().map(Heartbeats::new).toList();
        this.gateways = List.copyOf(gateways);
        this.connections = new int[gateways.size()];
    }

    private static EventLoop loop(EventExecutor executor) {
        return (EventLoop) executor;
    }

    public List<EventLoop> loops() {
        return loops;
    }

    public int gateways() {
        return gateways.size();
    }

    /**
     * Somebody who is to come.
     *
     * @param gateway the number of the one that he comes to
     * @param loop the number of his event loop
     */
    public record Entrant(Peer peer, int gateway, int loop) {}

    /**
     * Returns when all of these are logged in.
     *
     * @param atOnce how many logins are under way at a time
     * @throws MeasurementException when one of them is not let in
     */
    public void enter(List<Entrant> entrants, int atOnce) {
        var free = new Semaphore(atOnce);
        var failed = new AtomicInteger();
        var coming = 0;
        for (var entrant : entrants) {
            free.acquireUninterruptibly();
            if (failed.get() > 0) {
                break;
            }
            coming++;
            var peer = entrant.peer();
            var _ = peer.entered().whenComplete((_, failure) -> {
                if (failure != null) {
                    failed.incrementAndGet();
                }
                free.release();
            });
            peers.add(peer);
            connect(entrant);
        }
        entrants.subList(0, coming).forEach(Crowd::await);
        entrants.forEach(this::keepAlive);
    }

    private void connect(Entrant entrant) {
        var peer = entrant.peer();
        var gateway = gateways.get(entrant.gateway());
        bootstrap(gateway, connections[entrant.gateway()]++)
                .group(loops.get(entrant.loop()))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        peer.addTo(channel);
                    }
                })
                .connect(gateway)
                .addListener((Future<Void> connected) -> {
                    if (!connected.isSuccess()) {
                        peer.fail("%s can't connect to %s: %s".formatted(peer.userId(), gateway, connected.cause()));
                    }
                });
    }

    /** On Linux every address of 127.0.0.0/8 is this machine's, and each has ports of its own. */
    private static Bootstrap bootstrap(InetSocketAddress gateway, int connection) {
        var bootstrap = new Bootstrap();
        if (!Epoll.isAvailable()) {
            return bootstrap.channel(NioSocketChannel.class);
        }
        bootstrap.channel(EpollSocketChannel.class);
        if (gateway.getAddress().isLoopbackAddress()) {
            bootstrap
                    // Else no other connection may have its port until a minute after its end.
                    .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                    .localAddress("127.0.0.%d".formatted(1 + connection / CONNECTIONS_OF_AN_ADDRESS), 0);
        }
        return bootstrap;
    }

    private static void await(Entrant entrant) {
        try {
            entrant.peer().entered().get(LOGIN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MeasurementException why ? why : new MeasurementException(e.toString());
        } catch (TimeoutException _) {
            throw new MeasurementException(
                    "%s was not let in within %d s.".formatted(entrant.peer().userId(), LOGIN_TIMEOUT_SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted");
        }
    }

    private void keepAlive(Entrant entrant) {
        var interval = entrant.peer().entered().join().getHeartbeatIntervalMs();
        heartbeats.get(entrant.loop()).add(entrant.peer(), interval);
    }

    /** Closes these connections, and returns. */
    public void leave(List<Peer> some) {
        some.forEach(peer -> peer.context().executor().execute(peer::leave));
        peers.removeAll(some);
    }

    @Override
    public void close() {
        peers.forEach(peer -> {
            if (peer.entered().isDone() && !peer.entered().isCompletedExceptionally()) {
                peer.context().executor().execute(peer::leave);
            }
        });
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
