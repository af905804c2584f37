package im.magpie.service.epoch;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.redis.RedisScripts;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.dubbo.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Finds a partition's open epoch, and opens the next one where Redis has lost it. One caller of a process at a time does the steps. */
public final class EpochOpener {

    private final EpochKeys keys;
    private final EpochRows rows;
    private final MessageHistory history;
    private final BarrierPublisher barriers;
    private final EpochSettings settings;
    private final ConcurrentMap<Partition, ReentrantLock> locks = new ConcurrentHashMap<>();

    public EpochOpener(
            RedisScripts scripts,
            EpochRows rows,
            MessageHistory history,
            BarrierPublisher barriers,
            EpochSettings settings) {
        this.keys = new EpochKeys(scripts);
        this.rows = rows;
        this.history = history;
        this.barriers = barriers;
        this.settings = settings;
    }

    /**
     * Returns the epoch that is open in Redis, opening the next one where none is.
     *
     * @throws MagpieException UNAVAILABLE when that took too long or Redis, MySQL, the broker or the store did not answer; whoever asks
     *     next goes on where this call stopped
     */
    public long open(Partition partition) {
        var deadline = System.nanoTime() + settings.deadline().toNanos();
        var lock = locks.computeIfAbsent(partition, _ -> new ReentrantLock());
        try {
            if (!lock.tryLock(settings.deadline().toNanos(), TimeUnit.NANOSECONDS)) {
                throw unavailable(partition, "others are at it", null);
            }
            try {
                return openBy(deadline, partition);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(partition, "interrupted", e);
        } catch (RpcException | DataAccessException e) {
            throw unavailable(partition, "a service did not answer", e);
        }
    }

    private long openBy(long deadline, Partition partition) throws InterruptedException {
        var opening = new EpochOpening(partition, keys, rows, history, barriers, settings);
        while (true) {
            switch (opening.step()) {
                case EpochOpening.Step.Open(var epoch) -> {
                    return epoch;
                }
                case EpochOpening.Step.Again(var pause) -> pause(pause, deadline, partition);
            }
        }
    }

    private static void pause(Duration pause, long deadline, Partition partition) throws InterruptedException {
        if (System.nanoTime() + pause.toNanos() - deadline > 0) {
            throw unavailable(partition, "not open yet", null);
        }
        Thread.sleep(pause);
    }

    private static MagpieException unavailable(Partition partition, String why, @Nullable Throwable cause) {
        var unavailable = new MagpieException(ErrorCode.UNAVAILABLE, "no epoch of partition " + partition + ": " + why);
        if (cause != null) {
            unavailable.initCause(cause);
        }
        return unavailable;
    }
}
