package im.magpie.store.queue;

import im.magpie.common.broker.BrokerNames;
import im.magpie.store.StoreProperties;
import im.magpie.store.report.Readmissions;
import im.magpie.store.retry.Retry;
import im.magpie.store.retry.Term;
import im.magpie.store.retry.TermEndedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Empties one store queue, batch after batch, over as many sessions as the broker makes it. The only thread that writes this queue's rows. */
final class StoreWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWorker.class);

    private final int number;
    private final String queue;
    private final StoreQueues queues;
    private final BatchProcessor processor;
    private final Readmissions readmissions;
    private final QueueAlarms alarms;
    private final Retry retry;
    private final StoreProperties.Batch limits;
    private final Term term = new Term();
    private volatile @Nullable QueueSession session;

    StoreWorker(
            int number,
            StoreQueues queues,
            BatchProcessor processor,
            Readmissions readmissions,
            QueueAlarms alarms,
            Retry retry,
            StoreProperties.Batch limits) {
        this.number = number;
        this.queue = BrokerNames.storeQueue(number);
        this.queues = queues;
        this.processor = processor;
        this.readmissions = readmissions;
        this.alarms = alarms;
        this.retry = retry;
        this.limits = limits;
    }

    @Override
    public void run() {
        try {
            while (!term.hasEnded()) {
                try (var open = retry.untilDone("consume " + queue, term, () -> queues.open(number))) {
                    session = open;
                    serve(open);
                }
            }
        } catch (TermEndedException | InterruptedException _) {
            LOG.info("{} is left to others", queue);
        } catch (RuntimeException e) {
            alarms.raise(queue, e);
        }
    }

    private void serve(QueueSession open) throws InterruptedException {
        LOG.info("consuming {}", queue);
        try (var lane = new ReadmissionLane(queue, open, readmissions)) {
            while (!term.hasEnded() && !open.term().hasEnded()) {
                var taken = open.take(limits);
                if (!taken.isEmpty()) {
                    var outcome = processor.process(queue, new Batch(taken), open.term());
                    lane.add(outcome.stale());
                    open.settle(taken);
                }
            }
        } catch (TermEndedException e) {
            LOG.info("a batch of {} will come again: {}", queue, e.getMessage());
        }
    }

    /** Finishes the batch under way if nothing fails, and begins no other. Does not wait. */
    void stop() {
        term.end();
        var open = session;
        if (open != null) {
            open.end();
        }
    }
}
