package im.magpie.e2e.history;

import java.time.Duration;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes a history down while it happens. Safe for use by many threads: what one of them has written before another begins to write has the
 * lower time and the earlier line. Keeps nothing itself.
 *
 * <p>When the sink fails, nothing more is written, and {@link #close} says why: clients are not to be troubled by it.
 */
public final class Recorder implements AutoCloseable {

    /** Where events go, in their order, one at a time. */
    public interface Sink extends AutoCloseable {

        /** Takes the next event; what it throws ends the history. */
        void write(Event event);

        @Override
        void close();
    }

    private final Sink sink;
    private final long origin = System.nanoTime();
    private long operations;
    private int faults;
    private @Nullable RuntimeException failure;

    /**
     * Begins a history.
     *
     * @param seed what the run is made from
     * @param patience how long devices may take to agree once everything is quiet
     */
    public Recorder(Sink sink, long seed, Duration patience) {
        this.sink = sink;
        record(at -> new Event.Began(at, Event.Began.VERSION, seed, patience.toNanos()));
    }

    /** Writes what happens at this moment. */
    public synchronized void record(LongFunction<Event> event) {
        if (failure != null) {
            return;
        }
        try {
            sink.write(event.apply(System.nanoTime() - origin));
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Somebody is about to ask a device for something; returns the operation's number, for {@link #completed}. */
    public synchronized long invoked(DeviceName device, Operation what) {
        var operation = ++operations;
        record(at -> new Event.Invoked(at, operation, device, what));
        return operation;
    }

    /** A device was answered. */
    public void completed(long operation, Outcome outcome) {
        record(at -> new Event.Completed(at, operation, outcome));
    }

    /** Something is about to break; returns the fault's number, for {@link #mended}. */
    public synchronized int broke(String kind, String what, boolean forgets) {
        var fault = ++faults;
        record(at -> new Event.Broke(at, fault, kind, what, forgets));
        return fault;
    }

    /** What broke is whole again. */
    public void mended(int fault) {
        record(at -> new Event.Mended(at, fault));
    }

    /**
     * Ends the history.
     *
     * @throws RuntimeException what the sink failed with, now or at any time before
     */
    @Override
    public synchronized void close() {
        try (sink) {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
