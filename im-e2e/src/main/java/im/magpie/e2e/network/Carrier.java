package im.magpie.e2e.network;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Carries bytes from one socket to another, in their order. One thread reads, another writes what is due; so what comes late comes as fast as it was sent.
 */
final class Carrier {

    /** With so many pieces on their way, nothing more is read: the sender feels it. */
    private static final int MOST_ON_THE_WAY = 1_000;

    /**
     * Something that is to be written.
     *
     * @param due by {@link System#nanoTime}
     * @param bytes all of the array; empty for the end
     */
    private record Piece(long due, ByteBuffer bytes) {}

    private final Pair pair;
    private final Socket from;
    private final Socket to;
    private final Pair.Treatment treatment;
    private final byte[] buffer;
    private final BlockingQueue<Piece> onTheWay = new ArrayBlockingQueue<>(MOST_ON_THE_WAY);
    private @Nullable Thread reader;
    private @Nullable Thread writer;
    private final AtomicBoolean told = new AtomicBoolean();
    private boolean over;

    Carrier(Pair pair, Socket from, Socket to, Pair.Treatment treatment, int carriedAtOnce) {
        this.pair = pair;
        this.from = from;
        this.to = to;
        this.treatment = treatment;
        this.buffer = new byte[carriedAtOnce];
    }

    synchronized void start() {
        if (!over) {
            reader = Thread.ofVirtual().name("proxy-read").start(() -> untilItBreaks(this::read));
            writer = Thread.ofVirtual().name("proxy-write").start(() -> untilItBreaks(this::write));
        }
    }

    /** Nothing more is to be done. */
    synchronized void stop() {
        over = true;
        if (reader != null) {
            reader.interrupt();
        }
        if (writer != null) {
            writer.interrupt();
        }
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void untilItBreaks(Work work) {
        try {
            work.run();
        } catch (IOException _) {
            // Broken, by us or by one of the two: the other hears of it.
            pair.reset();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws IOException, InterruptedException {
        var due = System.nanoTime();
        for (var count = from.getInputStream().read(buffer);
                ;
                count = from.getInputStream().read(buffer)) {
            var bytes = ByteBuffer.wrap(Arrays.copyOf(buffer, Math.max(0, count)));
            // A delay that has become shorter must not have bytes overtake each other.
            due = Math.max(due, System.nanoTime() + treatment.delayNanos());
            onTheWay.put(new Piece(due, bytes));
            if (count < 0) {
                return;
            }
        }
    }

    private void write() throws IOException, InterruptedException {
        while (true) {
            var piece = onTheWay.take();
            await(piece.due());
            if (pair.isSpoiled() || treatment.loses()) {
                pair.lose(piece.bytes().remaining());
                continue;
            }
            if (!piece.bytes().hasRemaining()) {
                endNow();
                pair.carried();
                return;
            }
            write(piece.bytes().array());
        }
    }

    private static void await(long due) throws InterruptedException {
        for (var left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(left);
        }
    }

    private void write(byte[] bytes) throws IOException {
        try {
            if (!told.get()) {
                to.getOutputStream().write(bytes);
            }
        } catch (IOException e) {
            // Who was told of the end in the middle of it gets no more.
            if (!told.get()) {
                throw e;
            }
        }
    }

    /** Passes the end on, whether it has come or not. What comes behind it is read, and goes nowhere. */
    void endNow() {
        if (told.compareAndSet(false, true)) {
            try {
                to.shutdownOutput();
            } catch (IOException _) {
                pair.reset();
            }
        }
    }
}
