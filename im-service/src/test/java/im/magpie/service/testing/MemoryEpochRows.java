package im.magpie.service.testing;

import im.magpie.service.epoch.EpochRow;
import im.magpie.service.epoch.EpochRows;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of epochs for tests that are not about it and shall not wait for a database. */
public final class MemoryEpochRows implements EpochRows {

    private record Row(long epoch, String replid, long takenAt) {}

    private final Map<String, Row> rows = new HashMap<>();

    @Override
    public synchronized @Nullable EpochRow find(String kind, int number) {
        var row = rows.get(kind + number);
        return row == null ? null : new EpochRow(row.epoch(), row.replid(), now() - row.takenAt());
    }

    @Override
    public synchronized int create(String kind, int number) {
        return rows.putIfAbsent(kind + number, new Row(0, "", now())) == null ? 1 : 0;
    }

    @Override
    public synchronized int take(String kind, int number, long expected, long next, String replid) {
        var row = rows.get(kind + number);
        if (row == null || row.epoch() != expected) {
            return 0;
        }
        rows.put(kind + number, new Row(next, replid, now()));
        return 1;
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
