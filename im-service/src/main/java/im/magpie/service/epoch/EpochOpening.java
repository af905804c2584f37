package im.magpie.service.epoch;

import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.MessageHistory;
import java.time.Duration;

/**
 * One caller's attempt to have an epoch open. Every step looks at Redis first, at MySQL after that, and does what is missing; so it does
 * not matter who did the steps before, nor who died at them.
 *
 * <p>The order of the two looks is what makes it safe: only the epoch that the row names may be opened, and a key that was seen before
 * the row was read can't have been begun by somebody who stalled and comes late for a row that has moved on.
 */
final class EpochOpening {

    private static final Duration SHORT = Duration.ofMillis(5);
    private static final Duration LONG = Duration.ofMillis(100);

    private final Partition partition;
    private final EpochKeys keys;
    private final EpochRows rows;
    private final MessageHistory history;
    private final BarrierPublisher barriers;
    private final EpochSettings settings;
    private long barrierSent;
    private Duration pause = SHORT;

    EpochOpening(
            Partition partition,
            EpochKeys keys,
            EpochRows rows,
            MessageHistory history,
            BarrierPublisher barriers,
            EpochSettings settings) {
        this.partition = partition;
        this.keys = keys;
        this.rows = rows;
        this.history = history;
        this.barriers = barriers;
        this.settings = settings;
    }

    /** What a step came to. */
    sealed interface Step {

        record Open(long epoch) implements Step {}

        record Again(Duration pause) implements Step {}
    }

    Step step() {
        var key = keys.read(partition);
        if (key.isOpen()) {
            return new Step.Open(key.epoch());
        }
        var row = row();
        if (key.isBeginningOf(row)) {
            return finish(key, row);
        }
        var somebodyAtIt = row.replid().equals(key.master())
                && row.ageMillis() < settings.patience().toMillis();
        return somebodyAtIt ? later() : take(key, row);
    }

    private EpochRow row() {
        var row = rows.find(kind(), partition.number());
        return row == null ? EpochRow.NONE : row;
    }

    private String kind() {
        return String.valueOf(partition.kind().letter());
    }

    /** A key above its row has outlived a lost MySQL: its number is not given out twice. */
    private Step take(EpochKey key, EpochRow row) {
        var next = Math.max(row.epoch(), key.epoch()) + 1;
        if (row.epoch() == 0) {
            rows.create(kind(), partition.number());
        }
        if (rows.take(kind(), partition.number(), row.epoch(), next, key.master()) == 1) {
            keys.begin(partition, next, key.master());
        }
        return new Step.Again(Duration.ZERO);
    }

    private Step finish(EpochKey key, EpochRow row) {
        if (partition.kind() == PartitionKind.CONVERSATION) {
            var fence = settings.fence(key.replicated()).minusMillis(row.ageMillis());
            if (fence.isPositive()) {
                return new Step.Again(fence.compareTo(LONG) < 0 ? fence : LONG);
            }
            if (!barrierCommitted(key.epoch())) {
                return later();
            }
        }
        return keys.open(partition, key) ? new Step.Open(key.epoch()) : new Step.Again(Duration.ZERO);
    }

    /** Asks first: somebody may have sent the barrier before. A barrier that takes its time in a long queue is sent once. */
    private boolean barrierCommitted(long epoch) {
        if (committedBarrier() >= epoch) {
            return true;
        }
        if (barrierSent == epoch) {
            return false;
        }
        barriers.publish(partition.number(), epoch);
        barrierSent = epoch;
        return committedBarrier() >= epoch;
    }

    private long committedBarrier() {
        var query = BarrierQuery.newBuilder().setPartition(partition.number()).build();
        return history.committedBarrier(query).getEpoch();
    }

    private Step later() {
        var again = new Step.Again(pause);
        pause = pause.multipliedBy(2).compareTo(LONG) < 0 ? pause.multipliedBy(2) : LONG;
        return again;
    }
}
