package im.magpie.bench.workload;

import java.util.List;

/**
 * How much to measure.
 *
 * @param users of W1, an even number
 * @param outstanding messages that a sender has under way, one load of W1 for each
 * @param textBytes how long texts are
 * @param warmUp messages before anything counts
 * @param messages of a run of W1
 * @param seconds of a run of W1o
 * @param rate messages a second of open loops; 0 for shares of what a closed loop gets through
 * @param minutes of W5
 * @param connections of W2, one load for each
 * @param group online members of W3
 * @param groupMessages of one sender in W3
 * @param groupSenders who write at once in W3's second load
 * @param waiting messages for a user in W4
 * @param receivers users who log in, one behind the other, in W4
 * @param runs how often each load is measured
 * @param loops threads of the generator
 */
public record Settings(
        int users,
        List<Integer> outstanding,
        int textBytes,
        long warmUp,
        long messages,
        int seconds,
        double rate,
        double minutes,
        List<Integer> connections,
        int group,
        int groupMessages,
        int groupSenders,
        int waiting,
        int receivers,
        int runs,
        int loops) {

    /** What is measured where nobody says otherwise. */
    public static final Settings FULL = new Settings(
            1_000, List.of(1, 8), 100, 60_000, 60_000, 30, 0, 10, List.of(10_000, 19_000), 500, 200, 20, 1_000, 20, 3, 1);

    /** A little of everything: whether it works, and no more. */
    public static final Settings SMOKE = new Settings(
            20, List.of(1, 8), 100, 200, 400, 2, 100, 0.05, List.of(200), 30, 20, 5, 250, 2, 1, 1);
}
