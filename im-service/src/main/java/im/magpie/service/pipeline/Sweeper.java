package im.magpie.service.pipeline;

import im.magpie.common.error.MagpieException;
import im.magpie.common.partition.Partitions;
import im.magpie.service.batch.Isolation;
import im.magpie.service.broker.StorePublisher;
import im.magpie.service.conversation.Claim;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Position;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashSet;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes the way of accepted messages that nobody seems to be taking on any more: their servers or senders are gone, or the broker was. Every
 * im-service sweeps all partitions; a claim moves the due times in the script that reads them, so no two of them work on the same message.
 *
 * <p>It claims nothing while the broker takes nothing: a claim that can't be followed by a publishing only puts the next one off.
 */
final class Sweeper {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);

    private final ConversationLog conversations;
    private final Settlement settlement;
    private final StorePublisher store;
    private final Partitions partitions;
    private final SubmitProperties submit;
    private final SweepProperties properties;
    private final Semaphore parallel;
    private final Counter swept;

    Sweeper(
            ConversationLog conversations,
            Settlement settlement,
            StorePublisher store,
            Partitions partitions,
            SubmitProperties submit,
            SweepProperties properties,
            MeterRegistry registry) {
        this.swept = Counter.builder("magpie.service.swept")
                .description("Messages that the sweeper settled, because whoever had accepted them did not")
                .baseUnit("messages")
                .register(registry);
        this.conversations = conversations;
        this.settlement = settlement;
        this.store = store;
        this.partitions = partitions;
        this.submit = submit;
        this.properties = properties;
        this.parallel = new Semaphore(properties.parallel());
    }

    /** Sweeps every partition once. */
    void sweep() throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < partitions.conversations(); number++) {
                int partition = number;
                parallel.acquire();
                threads.execute(() -> {
                    try {
                        sweep(partition);
                    } finally {
                        parallel.release();
                    }
                });
            }
        }
    }

    private void sweep(int partition) {
        try {
            while (store.ready() && settleDue(partition)) {
                log.debug("Partition {} has more messages that are due", partition);
            }
        } catch (MagpieException e) {
            log.debug("Partition {} is swept next time", partition, e);
        } catch (RuntimeException e) {
            log.error("Partition {} could not be swept", partition, e);
        }
    }

    /** Returns whether there may be more to do. */
    private boolean settleDue(int partition) {
        var claim = conversations.claim(partition, properties.batch());
        if (claim.messages().isEmpty()) {
            return false;
        }
        var progress = settle(partition, claim);
        swept.increment(progress.settled().size());
        log.info(
                "Settled {} of {} messages of partition {} that were left on their way",
                progress.settled().size(),
                claim.messages().size(),
                partition);
        return claim.messages().size() == properties.batch() && !progress.stale();
    }

    private Progress settle(int partition, Claim claim) {
        var deadline = Deadline.in(submit.deadline());
        var settled = new HashSet<Position>();
        var stale = new AtomicBoolean();
        Isolation.run(
                claim.messages(),
                messages -> {
                    var progress = settlement.settle(partition, claim.epoch(), messages, deadline);
                    settled.addAll(progress.settled());
                    stale.compareAndSet(false, progress.stale());
                },
                (message, e) -> log.error("The message {} can't be settled", message.position(), e));
        return new Progress(settled, stale.get());
    }
}
