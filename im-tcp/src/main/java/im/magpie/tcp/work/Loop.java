package im.magpie.tcp.work;

import java.time.Duration;

/** A virtual thread that takes one step after the other until it is closed. */
public final class Loop implements AutoCloseable {

    /** One step, which may block and ends when it is interrupted. */
    @FunctionalInterface
    public interface Step {
        void take() throws InterruptedException;
    }

    private final Step step;
    private final Thread thread;
    private volatile boolean closed;

    private Loop(String name, Step step) {
        this.step = step;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /** Starts a thread of the given name. */
    public static Loop start(String name, Step step) {
        var loop = new Loop(name, step);
        loop.thread.start();
        return loop;
    }

    private void run() {
        try {
            while (!closed) {
                step.take();
            }
        } catch (InterruptedException _) {
            // Closed.
        }
    }

    /**
     * Throws what a call was interrupted by, where the call has made another exception of it.
     *
     * @throws InterruptedException if that is among the causes
     */
    public static void throwIfInterrupted(RuntimeException thrown) throws InterruptedException {
        if (interrupted(thrown)) {
            throw new InterruptedException();
        }
    }

    /** Returns whether a call has made another exception of its being interrupted. */
    public static boolean interrupted(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                return true;
            }
        }
        return false;
    }

    /** Takes no other step, and interrupts the one that is being taken. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Waits for the end of the last step, but not for ever. */
    public void join(Duration patience) throws InterruptedException {
        thread.join(patience);
    }
}
