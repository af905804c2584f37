package im.magpie.client.store;

import java.util.Arrays;

/** Where the messages of one conversation lie in the log: a record for each step that its position has made. */
final class RecordIndex {

    private long[] positions = new long[8];
    private long[] offsets = new long[8];
    private int size;

    void add(long position, long offset) {
        if (size == positions.length) {
            positions = Arrays.copyOf(positions, size * 2);
            offsets = Arrays.copyOf(offsets, size * 2);
        }
        positions[size] = position;
        offsets[size++] = offset;
    }

    /** Returns up to where the device has everything. */
    long lastPosition() {
        return positions[size - 1];
    }

    long offset(int record) {
        return offsets[record];
    }

    /** Returns the first record that has something above a position; it may not exist. */
    int firstAbove(long position) {
        var found = Arrays.binarySearch(positions, 0, size, position);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** Returns whether there is such a record, and it begins below a position. */
    boolean beginsBelow(int record, long position) {
        return record < size && (record == 0 || positions[record - 1] < position);
    }
}
