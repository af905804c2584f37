package im.magpie.bench.load;

import im.magpie.bench.MeasurementException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one device has of a conversation: everything up to a position, and some that came early. Checks that there is nothing twice, and that each
 * sender's messages are in order and whole. One thread uses it.
 */
final class Timeline {

    /** Of nobody who is counted. */
    static final int NO_SENDER = -1;

    private static final int HELD = 1_024;
    private static final int SENDER_SHIFT = 32;
    private static final long PRESENT = 1L << 62;
    private static final long NUMBER_MASK = (1L << SENDER_SHIFT) - 1;
    private static final int SENDER_MASK = 0xFFFFF;

    private final int firstSender;
    private final long[] nextNumbers;
    private long position;
    private long highest;
    private long @Nullable [] held;

    /**
     * An empty timeline.
     *
     * @param senders how many there are, numbered on from the first
     */
    Timeline(int firstSender, int senders) {
        this.firstSender = firstSender;
        this.nextNumbers = new long[senders];
    }

    /** The device has everything up to here. */
    void begin(long sequence) {
        position = sequence;
        highest = sequence;
    }

    long position() {
        return position;
    }

    /** Returns whether something below what has come is missing. */
    boolean gap() {
        return highest > position;
    }

    long highest() {
        return highest;
    }

    /**
     * Takes a message.
     *
     * @param sender {@link #NO_SENDER} for one that counts as nobody's
     * @return false for one that is there already, or so early that it can't be kept
     * @throws MeasurementException when it is not the sender's next one
     */
    boolean take(long sequence, int sender, long number) {
        if (sequence <= position) {
            return false;
        }
        if (sequence > position + HELD) {
            highest = Math.max(highest, sequence);
            return false;
        }
        if (sequence == position + 1) {
            advance(sender, number);
            takeHeld();
            return true;
        }
        return hold(sequence, sender, number);
    }

    private boolean hold(long sequence, int sender, long number) {
        if (held == null) {
            held = new long[HELD];
        }
        var slot = slot(sequence);
        if (held[slot] != 0) {
            return false;
        }
        held[slot] = sender == NO_SENDER
                ? PRESENT | ((long) SENDER_MASK << SENDER_SHIFT)
                : PRESENT | ((long) sender << SENDER_SHIFT) | number;
        highest = Math.max(highest, sequence);
        return true;
    }

    private void takeHeld() {
        while (held != null && held[slot(position + 1)] != 0) {
            var slot = slot(position + 1);
            var packed = held[slot];
            held[slot] = 0;
            var sender = (int) (packed >>> SENDER_SHIFT) & SENDER_MASK;
            advance(sender == SENDER_MASK ? NO_SENDER : sender, packed & NUMBER_MASK);
        }
    }

    private void advance(int sender, long number) {
        position++;
        highest = Math.max(highest, position);
        if (sender != NO_SENDER) {
            var next = nextNumbers[sender - firstSender]++;
            if (number != next) {
                throw new MeasurementException(
                        "sequence %d is message %d of sender %d, and not %d".formatted(position, number, sender, next));
            }
        }
    }

    /** Everything up to here has come, or is nothing that this device may read. */
    void cover(long sequence) {
        while (position < sequence) {
            if (held != null && held[slot(position + 1)] != 0) {
                takeHeld();
            } else {
                position++;
            }
        }
        takeHeld();
        highest = Math.max(highest, position);
    }

    /** Returns how many messages of all senders it has, in order. */
    long messages() {
        return Arrays.stream(nextNumbers).sum();
    }

    private static int slot(long sequence) {
        return (int) sequence & (HELD - 1);
    }
}
