package im.magpie.service.pipeline;

import static java.util.stream.Collectors.flatMapping;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Position;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.pipeline.Stage.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the pending records of messages that are settled, behind their answers: nobody waits for it, so what gathers within a time ends together. A record
 * that stays, because Redis or this server went away, is taken up by the sweeper, which repeats what was done already.
 *
 * <p>Safe for use by many threads.
 */
final class Finishing implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Finishing.class);

    /** Far below the time after which the sweeper takes a record up. */
    private static final Duration SPACING = Duration.ofMillis(50);

    /** Of calls: more wait only where Redis does not answer, and the sweeper has them then. */
    private static final int MOST_WAITING = 10_000;

    private final ConversationLog conversations;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Semaphore filled = new Semaphore(0);
    private final LinkedBlockingQueue<Settled> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread worker;

    private record Settled(Batch batch, List<Position> positions) {}

    Finishing(ConversationLog conversations) {
        this.conversations = conversations;
        this.worker = Thread.ofVirtual().name("finishing").start(this::run);
    }

    /** Never blocks. */
    void finish(Batch batch, List<Position> positions) {
        if (waiting.offer(new Settled(batch, positions))) {
            filled.release();
        } else {
            log.debug("{} messages of partition {} are left to the sweeper", positions.size(), batch.partition());
        }
    }

    private void run() {
        try {
            boolean closed;
            do {
                filled.acquire();
                closed = closing.await(SPACING.toMillis(), TimeUnit.MILLISECONDS);
                filled.drainPermits();
                finishWaiting();
            } while (!closed);
        } catch (InterruptedException e) {
            log.debug("What is not finished is left to the sweeper", e);
        }
    }

    private void finishWaiting() {
        List<Settled> gathered = new ArrayList<>();
        waiting.drainTo(gathered);
        gathered.stream()
                .collect(groupingBy(Settled::batch, flatMapping(settled -> settled.positions().stream(), toList())))
                .forEach(this::end);
    }

    /**
     * An epoch that ends here takes the pending records with it, and the messages are settled all the same: their confirmed position moved while
     * the epoch was open, so their rows went into the store queue before any barrier of a later one and keep their numbers.
     */
    private void end(Batch batch, List<Position> positions) {
        try {
            conversations.finish(batch.partition(), batch.epoch(), positions);
        } catch (StaleEpochException e) {
            log.debug("Nothing is left to finish in partition {}", batch.partition(), e);
        } catch (MagpieException e) {
            log.debug("{} messages of partition {} are left to the sweeper", positions.size(), batch.partition(), e);
        } catch (RuntimeException e) {
            // A fault of ours, which must not end what nobody else does.
            log.error("{} messages of partition {} can't be finished", positions.size(), batch.partition(), e);
        }
    }

    /** Ends what waits. */
    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        filled.release();
        worker.join();
    }
}
