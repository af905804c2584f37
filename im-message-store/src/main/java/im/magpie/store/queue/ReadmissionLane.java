package im.magpie.store.queue;

import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.report.Readmissions;
import im.magpie.store.retry.TermEndedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Has a session's stale messages accepted anew, in their order, beside its batches. Not before the next batch: accepting may have to wait
 * for the barrier of yet another epoch, and that comes out of this very queue.
 */
final class ReadmissionLane implements AutoCloseable {

    private static final int MESSAGES_PER_CALL = 500;

    private final QueueSession session;
    private final Readmissions readmissions;

    /** Bounded by what the session may hold unacknowledged. */
    private final BlockingQueue<Message> waiting = new LinkedBlockingQueue<>();

    private final Thread thread;

    ReadmissionLane(String queue, QueueSession session, Readmissions readmissions) {
        this.session = session;
        this.readmissions = readmissions;
        this.thread = Thread.ofVirtual().name("readmission-" + queue).start(this::run);
    }

    /** Holds the deliveries of these until they are accepted. */
    void add(List<Message> stale) {
        stale.forEach(message -> session.hold(message.delivery()));
        waiting.addAll(stale);
    }

    private void run() {
        try {
            while (!session.term().hasEnded()) {
                var some = new ArrayList<Message>();
                some.add(waiting.take());
                waiting.drainTo(some, MESSAGES_PER_CALL - 1);
                readmissions.send(some, session.term());
                some.forEach(message -> session.release(message.delivery()));
            }
        } catch (InterruptedException | TermEndedException _) {
            // The session is over, and what it held comes again in the next one.
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
