package im.magpie.e2e.crowd;

import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Recorder;
import im.magpie.e2e.system.Await;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what becomes of messages while their history goes by. Safe for use by many threads. */
final class Tally implements Recorder.Sink {

    private static final int SHOWN = 10;

    private final Recorder.Sink next;
    private final Map<Long, Event.Invoked> open = new LinkedHashMap<>();
    private int acknowledged;
    private int others;

    /** @param next where the history goes on to */
    Tally(Recorder.Sink next) {
        this.next = next;
    }

    @Override
    public synchronized void write(Event event) {
        next.write(event);
        if (event instanceof Event.Invoked invoked && invoked.what() instanceof Operation.Send) {
            open.put(invoked.operation(), invoked);
        } else if (event instanceof Event.Completed completed && open.remove(completed.operation()) != null) {
            if (completed.outcome() instanceof Outcome.Ok) {
                acknowledged++;
            } else {
                others++;
            }
            notifyAll();
        }
    }

    /** Returns how many messages were acknowledged up to now. */
    synchronized int acknowledged() {
        return acknowledged;
    }

    /** Returns how many messages were answered, up to now, with anything else. */
    synchronized int notAcknowledged() {
        return others;
    }

    /** Waits until so many messages have been acknowledged. */
    void awaitAcknowledged(int count) {
        Await.change(
                this, () -> acknowledged >= count, () -> "%d were to be acknowledged; %s".formatted(count, state()));
    }

    /** Waits until all are answered. */
    void awaitAnswered() {
        Await.change(this, open::isEmpty, () -> "all were to be answered; " + state());
    }

    private String state() {
        return "%d messages are acknowledged, %d are not and will not be, %d are open: %s ..."
                .formatted(
                        acknowledged,
                        others,
                        open.size(),
                        open.values().stream().limit(SHOWN).toList());
    }

    @Override
    public void close() {
        next.close();
    }
}
