package im.magpie.e2e.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Carries TCP connections from a port of its own on the loopback interface to a server, well or badly as it is told. In clear weather it hides nothing but who
 * is connected: ends are passed on as ends, and resets as resets. Safe for use by many threads.
 */
public final class Proxy implements AutoCloseable {

    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int BACKLOG = 100;

    private final Supplier<InetSocketAddress> server;
    private final int carriedAtOnce;
    private final SplittableRandom random;
    private final ServerSocket entrance;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private volatile Weather weather = Weather.CLEAR;

    private Proxy(Supplier<InetSocketAddress> server, int carriedAtOnce, long seed, ServerSocket entrance) {
        this.server = server;
        this.carriedAtOnce = carriedAtOnce;
        this.random = new SplittableRandom(seed);
        this.entrance = entrance;
    }

    /**
     * Opens a proxy.
     *
     * @param server asked for every connection, so it may not be known yet
     * @param carriedAtOnce bytes; fewer make it likelier that a connection breaks in the middle of something
     * @param seed decides how late each connection is where they are late
     */
    public static Proxy to(Supplier<InetSocketAddress> server, int carriedAtOnce, long seed) {
        try {
            var entrance = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
            var proxy = new Proxy(server, carriedAtOnce, seed, entrance);
            Thread.ofVirtual().name("proxy-" + proxy.port()).start(proxy::open);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where to connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(entrance.getInetAddress(), port());
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Returns how many connections there are now. */
    public int connections() {
        return pairs.size();
    }

    /** Returns how many connections there have ever been. */
    public int accepted() {
        return accepted.get();
    }

    /** Returns how many bytes have been lost on the way. */
    public long lost() {
        return lost.get();
    }

    /** From now on everything is carried in this way. */
    public void weather(Weather next) {
        weather = next;
        if (!(next instanceof Weather.Lossy)) {
            pairs.stream().filter(Pair::isSpoiled).forEach(Pair::reset);
        }
    }

    /** Breaks all connections at once, whatever they are carrying; new ones may be made. */
    public void cut() {
        List.copyOf(pairs).forEach(Pair::reset);
    }

    /** Tells one side of every connection that the other has nothing more to say, and passes on nothing more of what that says. The other way stays open. */
    public void halfClose(Side towards) {
        List.copyOf(pairs).forEach(pair -> pair.halfClose(towards));
    }

    private void open() {
        try {
            while (true) {
                var client = entrance.accept();
                accepted.incrementAndGet();
                var share = random.nextDouble();
                Thread.ofVirtual().name("proxy-" + port() + "-connect").start(() -> connect(client, share));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void connect(Socket client, double share) {
        var upstream = new Socket();
        var pair = new Pair(client, upstream, share, () -> weather, carriedAtOnce, lost::addAndGet, pairs::remove);
        pairs.add(pair);
        try {
            if (weather instanceof Weather.Closed || entrance.isClosed()) {
                pair.reset();
                return;
            }
            upstream.connect(server.get(), CONNECT_TIMEOUT_MILLIS);
            pair.start();
        } catch (IOException | RuntimeException _) {
            // Nobody is there: whoever came hears so.
            pair.reset();
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }
}
