package im.magpie.bench.workload;

import im.magpie.bench.client.Payload;
import java.util.List;
import java.util.stream.Stream;

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
 * @param gateways that W2 connects to
 * @param idleSeconds how long W2 and growth look at what idle connections cost
 * @param group online members of W3
 * @param groupMessages of one sender in W3
 * @param groupSenders who write at once in W3's second load
 * @param waiting messages for a user in W4
 * @param receivers users who log in, one behind the other, in W4
 * @param growth of connections, conversations and messages
 * @param cold whether one round of a load is all that warms it up
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
        int gateways,
        int idleSeconds,
        int group,
        int groupMessages,
        int groupSenders,
        int waiting,
        int receivers,
        GrowthSizes growth,
        boolean cold,
        int runs,
        int loops) {

    /** The most messages of a sender, just under what a gateway leaves unanswered. */
    static final int MOST_UNDER_WAY = 100;

    /** Refuses what can't be with an {@link IllegalArgumentException}. */
    public Settings {
        outstanding = List.copyOf(outstanding);
        connections = List.copyOf(connections);
        require(users >= 2 && users % 2 == 0, "Users are in pairs.");
        require(textBytes >= Payload.BYTES, "A text has at least %d bytes.".formatted(Payload.BYTES));
        require(
                outstanding.stream().allMatch(many -> many >= 1 && many <= MOST_UNDER_WAY),
                "A sender has 1 to %d messages under way.".formatted(MOST_UNDER_WAY));
        require(group > groupSenders && groupSenders >= 1, "Some of a group write, and not all.");
        require(
                Stream.of(warmUp, messages).allMatch(many -> many >= 1)
                        && Stream.concat(
                                        connections.stream(),
                                        Stream.of(
                                                seconds,
                                                gateways,
                                                idleSeconds,
                                                groupMessages,
                                                waiting,
                                                receivers,
                                                runs,
                                                loops))
                                .allMatch(many -> many >= 1)
                        && minutes > 0
                        && rate >= 0,
                "Everything is measured at least once.");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** What is measured where nobody says otherwise. */
    public static final Settings FULL = new Settings(
            1_000,
            List.of(1, 8),
            100,
            60_000,
            60_000,
            30,
            0,
            10,
            List.of(10_000, 19_000),
            1,
            60,
            500,
            200,
            20,
            1_000,
            10,
            new GrowthSizes(List.of(18_000), List.of(10, 10_000), 50, List.of()),
            false,
            3,
            1);

    /** A little of everything: whether it works, and no more. */
    public static final Settings SMOKE = new Settings(
            20,
            List.of(1, 8),
            100,
            100,
            200,
            2,
            100,
            0.05,
            List.of(200),
            1,
            2,
            30,
            20,
            5,
            250,
            2,
            new GrowthSizes(List.of(100), List.of(2, 20), 4, List.of(1_000L)),
            true,
            1,
            1);
}
