package im.magpie.bench.process;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What {@code /proc/PID/stat} says of a process.
 *
 * @param name of its program, cut to 15 characters by the system
 * @param state one letter; Z is one that has ended and that nobody has collected
 * @param cpuNanos processor time, user and system, of all its threads so far, and of those processes that it has started and that have ended; counted in
 *     ticks of 10 ms
 */
public record ProcessStat(long pid, long parent, String name, char state, long cpuNanos) {

    /** What Linux shows to programs is counted in hundredths of a second on every architecture of ours. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Positions behind the name. */
    private static final int STATE = 0;

    private static final int PARENT = 1;
    private static final int USER_TIME = 11;
    private static final int TIMES = 4;

    /** @throws IllegalArgumentException for what is no such line */
    public static ProcessStat parse(String line) {
        // A program may have any name, with spaces and brackets in it.
        var open = line.indexOf('(');
        var close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("not the state of a process: " + line);
        }
        var fields = line.substring(close + 1).strip().split(" ", -1);
        if (fields.length < USER_TIME + TIMES) {
            throw new IllegalArgumentException("not the state of a process: " + line);
        }
        // Its own and its ended children's, user and system each.
        var ticks = Arrays.stream(fields, USER_TIME, USER_TIME + TIMES)
                .mapToLong(Long::parseLong)
                .sum();
        return new ProcessStat(
                Long.parseLong(line.substring(0, open).strip()),
                Long.parseLong(fields[PARENT]),
                line.substring(open + 1, close),
                fields[STATE].charAt(0),
                ticks * TICK_NANOS);
    }

    boolean works() {
        return state != 'Z' && state != 'X';
    }
}
