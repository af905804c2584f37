package im.magpie.store.queue;

import im.magpie.store.message.StoreItem;
import im.magpie.store.message.WriteOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What is measured of batches: their size, how long writing them takes, and how old their messages are by then. */
@Component
final class BatchMeters {

    private final Clock clock;
    private final DistributionSummary sizes;
    private final Timer writes;
    private final Timer lag;
    private final Counter committed;
    private final Counter stale;
    private final Counter said;
    private final Counter dead;

    /** When the oldest message of each batch under way was accepted, by its queue. */
    private final ConcurrentMap<String, Long> underWay = new ConcurrentHashMap<>();

    BatchMeters(Clock clock, MeterRegistry registry) {
        this.clock = clock;
        this.sizes = DistributionSummary.builder("magpie.store.batch")
                .description("Messages in one transaction")
                .baseUnit("messages")
                .register(registry);
        this.writes = Timer.builder("magpie.store.write")
                .description("Writing a batch to the database, with all repetitions")
                .register(registry);
        this.lag = Timer.builder("magpie.store.lag")
                .description("From a message's acceptance to its commit, of the oldest message of each batch")
                .register(registry);
        TimeGauge.builder("magpie.store.oldest", this, TimeUnit.SECONDS, BatchMeters::oldestSeconds)
                .description(
                        "Age of the oldest message that was taken from its queue and is not committed; 0 when there is"
                                + " none")
                .register(registry);
        this.committed = messages(registry, "committed");
        this.stale = messages(registry, "stale");
        this.said = messages(registry, "said");
        this.dead = Counter.builder("magpie.store.dead.letters")
                .description("What could not be processed and was put aside in im.dead")
                .baseUnit("letters")
                .register(registry);
    }

    private static Counter messages(MeterRegistry registry, String outcome) {
        return Counter.builder("magpie.store.messages")
                .description("Messages taken from the store queues; stale ones go back to be accepted anew,"
                        + " said ones are what rooms keep")
                .baseUnit("messages")
                .tag("outcome", outcome)
                .register(registry);
    }

    /** A batch of a queue begins; the next of that queue begins when this has ended. */
    void begin(String queue, List<StoreItem> items) {
        sizes.record(items.size());
        long oldest = Long.MAX_VALUE;
        for (var item : items) {
            oldest = Math.min(
                    oldest,
                    switch (item) {
                        case StoreItem.Message message -> message.accepted().getServerTime();
                        case StoreItem.Said said -> said.said().getServerTime();
                        case StoreItem.EpochBarrier _ -> Long.MAX_VALUE;
                    });
        }
        if (oldest != Long.MAX_VALUE) {
            underWay.put(queue, oldest);
        }
    }

    /** The batch is in the database; its writing began at {@link System#nanoTime} {@code begin}. */
    void written(String queue, WriteOutcome outcome, long begin) {
        writes.record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
        var oldest = underWay.get(queue);
        if (oldest != null) {
            lag.record(Math.max(0, clock.millis() - oldest), TimeUnit.MILLISECONDS);
        }
        committed.increment(outcome.committed().size());
        stale.increment(outcome.stale().size());
        said.increment(outcome.said().size());
    }

    void died(int letters) {
        dead.increment(letters);
    }

    /** The batch is over, in the database or given back to the broker. */
    void end(String queue) {
        underWay.remove(queue);
    }

    private double oldestSeconds() {
        var now = clock.millis();
        return underWay.values().stream()
                        .mapToLong(accepted -> now - accepted)
                        .max()
                        .orElse(0)
                / 1000.0;
    }
}
