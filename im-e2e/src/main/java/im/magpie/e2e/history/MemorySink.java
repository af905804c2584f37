package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.List;

/** A history that is kept in memory, for runs that end soon. */
public final class MemorySink implements Recorder.Sink {

    private final List<Event> events = new ArrayList<>();

    @Override
    public synchronized void write(Event event) {
        events.add(event);
    }

    /** Returns what has been written so far. */
    public synchronized List<Event> events() {
        return List.copyOf(events);
    }

    @Override
    public void close() {}
}
