package im.magpie.e2e.network;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection through a proxy: two sockets, and two carriers between them. */
final class Pair {

    private static final Logger LOG = LoggerFactory.getLogger(Pair.class);

    private final Socket client;
    private final Socket server;
    private final IntConsumer lost;
    private final Consumer<Pair> over;
    private final Carrier toServer;
    private final Carrier toClient;
    private final AtomicInteger ended = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean spoiled;

    /**
     * @param share how late this connection is where they are late, from 0 for the quickest to 1
     * @param lost hears of bytes that are lost
     * @param over hears when it is over, once
     */
    Pair(
            Socket client,
            Socket server,
            double share,
            Supplier<Weather> weather,
            int carriedAtOnce,
            IntConsumer lost,
            Consumer<Pair> over) {
        this.client = client;
        this.server = server;
        this.lost = lost;
        this.over = over;
        var treatment = new Treatment(weather, share);
        this.toServer = new Carrier(this, client, server, treatment, carriedAtOnce);
        this.toClient = new Carrier(this, server, client, treatment, carriedAtOnce);
    }

    /** How this connection is treated at a moment. */
    record Treatment(Supplier<Weather> weather, double share) {

        boolean loses() {
            return weather.get() instanceof Weather.Lossy;
        }

        long delayNanos() {
            return weather.get() instanceof Weather.Slow slow
                    ? slow.least().toNanos()
                            + (long) (share * slow.most().minus(slow.least()).toNanos())
                    : 0;
        }
    }

    void start() throws IOException {
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        toServer.start();
        toClient.start();
    }

    /** So many bytes, or an end, are lost; from now on everything is. */
    void lose(int bytes) {
        spoiled = true;
        lost.accept(bytes);
    }

    boolean isSpoiled() {
        return spoiled;
    }

    void halfClose(Side towards) {
        (towards == Side.SERVER ? toServer : toClient).endNow();
    }

    /** A carrier has carried everything up to the end, and the end. */
    void carried() {
        if (ended.incrementAndGet() == 2) {
            close(false);
        }
    }

    /** Breaks it; what has not been carried to its end is lost. */
    void reset() {
        close(true);
    }

    private void close(boolean hard) {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        over.accept(this);
        toServer.stop();
        toClient.stop();
        close(client, hard);
        close(server, hard);
    }

    private static void close(Socket socket, boolean hard) {
        try {
            if (hard && !socket.isClosed()) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            LOG.debug("{} could not be closed", socket, e);
        }
    }
}
