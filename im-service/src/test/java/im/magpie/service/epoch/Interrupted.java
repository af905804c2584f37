package im.magpie.service.epoch;

import im.magpie.common.rpc.BarrierAnswer;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.common.rpc.HeadsAnswer;
import im.magpie.common.rpc.HeadsQuery;
import im.magpie.common.rpc.HistoryAnswer;
import im.magpie.common.rpc.HistoryQuery;
import im.magpie.common.rpc.LookupAnswer;
import im.magpie.common.rpc.LookupQuery;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.testing.MemoryStore;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What an opener works with, made so that something happens once, between two of its steps. */
final class Interrupted {

    /** Moments between the steps of an opening. */
    enum Moment {
        KEY_READ,
        ROW_READ,
        ROW_TAKEN,
        BARRIER_UNSENT,
        BARRIER_SENT,
        BARRIER_COMMITTED
    }

    /** The end of an opener, whatever a process dies of. */
    static final class Death extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Moment moment;
    private final Runnable event;
    private boolean happened;

    Interrupted(Moment moment, Runnable event) {
        this.moment = moment;
        this.event = event;
    }

    EpochOpener opener(RedisScripts scripts, EpochRows rows, MemoryStore store, EpochSettings settings) {
        return new EpochOpener(scripts, new Rows(rows), new History(store), barriers(store), settings);
    }

    boolean happened() {
        return happened;
    }

    private void at(Moment reached) {
        if (reached == moment && !happened) {
            happened = true;
            event.run();
        }
    }

    private BarrierPublisher barriers(MemoryStore store) {
        return (partition, epoch) -> {
            at(Moment.BARRIER_UNSENT);
            store.publish(partition, epoch);
            at(Moment.BARRIER_SENT);
        };
    }

    private final class Rows implements EpochRows {

        private final EpochRows rows;

        Rows(EpochRows rows) {
            this.rows = rows;
        }

        @Override
        public @Nullable EpochRow find(String kind, int number) {
            at(Moment.KEY_READ);
            var row = rows.find(kind, number);
            at(Moment.ROW_READ);
            return row;
        }

        @Override
        public int create(String kind, int number) {
            return rows.create(kind, number);
        }

        @Override
        public int take(String kind, int number, long expected, long next, String replid) {
            var taken = rows.take(kind, number, expected, next, replid);
            at(Moment.ROW_TAKEN);
            return taken;
        }
    }

    private final class History implements MessageHistory {

        private final MemoryStore store;

        History(MemoryStore store) {
            this.store = store;
        }

        @Override
        public BarrierAnswer committedBarrier(BarrierQuery request) {
            var answer = store.committedBarrier(request);
            if (answer.getEpoch() > 0) {
                at(Moment.BARRIER_COMMITTED);
            }
            return answer;
        }

        @Override
        public HeadsAnswer heads(HeadsQuery request) {
            return store.heads(request);
        }

        @Override
        public LookupAnswer lookup(LookupQuery request) {
            return store.lookup(request);
        }

        @Override
        public HistoryAnswer pull(HistoryQuery request) {
            return store.pull(request);
        }

        @Override
        public CompletableFuture<HeadsAnswer> headsAsync(HeadsQuery request) {
            return store.headsAsync(request);
        }

        @Override
        public CompletableFuture<LookupAnswer> lookupAsync(LookupQuery request) {
            return store.lookupAsync(request);
        }

        @Override
        public CompletableFuture<HistoryAnswer> pullAsync(HistoryQuery request) {
            return store.pullAsync(request);
        }

        @Override
        public CompletableFuture<BarrierAnswer> committedBarrierAsync(BarrierQuery request) {
            return store.committedBarrierAsync(request);
        }
    }
}
