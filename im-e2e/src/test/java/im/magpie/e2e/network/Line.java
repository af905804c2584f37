package im.magpie.e2e.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** One end of a connection, and everything that it has heard. */
final class Line implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final StringBuilder heard = new StringBuilder();
    private boolean ended;
    private boolean broken;

    Line(Socket socket) {
        this.socket = socket;
        Thread.startVirtualThread(this::listen);
    }

    static Line to(Proxy proxy) {
        try {
            return new Line(new Socket(proxy.address().getAddress(), proxy.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try {
            for (var next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                hear((char) next);
            }
            end(false);
        } catch (IOException _) {
            end(true);
        }
    }

    private synchronized void hear(char next) {
        heard.append(next);
        notifyAll();
    }

    private synchronized void end(boolean byBreaking) {
        ended = !byBreaking;
        broken = byBreaking;
        notifyAll();
    }

    Line says(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has nothing more to say, and listens on. */
    void ends() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Is gone without a word. */
    void breaks() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized String heard() {
        return heard.toString();
    }

    synchronized boolean isOpen() {
        return !ended && !broken;
    }

    Line awaitHeard(String text) {
        return await("\"" + text + "\"", line -> line.heard().equals(text));
    }

    Line awaitEnd() {
        return await("the end", line -> line.ended);
    }

    /** Waits until it breaks, or ends: which of the two it is hangs on what is under way. */
    Line awaitOver() {
        return await("that it is over", line -> !line.isOpen());
    }

    private synchronized Line await(String what, Predicate<Line> condition) {
        var deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
        while (!condition.test(this)) {
            var left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("waited in vain for %s; heard \"%s\", ended %s, broken %s"
                        .formatted(what, heard, ended, broken));
            }
            try {
                wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
        return this;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
