package im.magpie.bench.command;

import im.magpie.bench.workload.Settings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is measured, where that is not the usual. */
final class SizeOptions {

    @Option(names = "--smoke", description = "a little of everything, to see whether it works")
    private boolean smoke;

    @Option(names = "--runs", paramLabel = "N", description = "of each load (3)")
    private @Nullable Integer runs;

    @Option(names = "--users", paramLabel = "N", description = "W1, W1o, W5: users, an even number (1,000)")
    private @Nullable Integer users;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            split = ",",
            description = "W1: messages that a sender has under way (1,8)")
    private @Nullable List<Integer> outstanding;

    @Option(names = "--text", paramLabel = "BYTES", description = "how long texts are (100)")
    private @Nullable Integer text;

    @Option(names = "--warm-up", paramLabel = "N", description = "W1: messages before anything counts (60,000)")
    private @Nullable Long warmUp;

    @Option(names = "--messages", paramLabel = "N", description = "W1: messages of a run (60,000)")
    private @Nullable Long messages;

    @Option(names = "--seconds", paramLabel = "N", description = "W1o: how long a run is (30)")
    private @Nullable Integer seconds;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "W1o, W5: messages a second (25, 50 and 75 %% of what W1 gets through; 50 %% for W5)")
    private @Nullable Double rate;

    @Option(names = "--connections", paramLabel = "N", split = ",", description = "W2: connections (10,000 and 19,000)")
    private @Nullable List<Integer> connections;

    @Option(names = "--gateways", paramLabel = "N", description = "W2: how many they are spread over (1)")
    private @Nullable Integer gateways;

    @Option(names = "--idle", paramLabel = "SECONDS", description = "W2: how long they are watched (60)")
    private @Nullable Integer idle;

    @Option(names = "--group", paramLabel = "N", description = "W3: members (500)")
    private @Nullable Integer group;

    @Option(names = "--group-messages", paramLabel = "N", description = "W3: messages of one sender alone (200)")
    private @Nullable Integer groupMessages;

    @Option(names = "--group-senders", paramLabel = "N", description = "W3: who writes at once (20)")
    private @Nullable Integer groupSenders;

    @Option(names = "--waiting", paramLabel = "N", description = "W4: messages that wait for a user (1,000)")
    private @Nullable Integer waiting;

    @Option(names = "--receivers", paramLabel = "N", description = "W4: users who log in (10)")
    private @Nullable Integer receivers;

    @Option(names = "--minutes", paramLabel = "N", description = "W5: how long it is (10)")
    private @Nullable Double minutes;

    @Option(names = "--loops", paramLabel = "N", description = "threads of the generator (1)")
    private @Nullable Integer loops;

    @Option(names = "--cold", description = "warm up with one round only")
    private boolean cold;

    /** @throws IllegalArgumentException for sizes that can't be */
    Settings settings() {
        var usual = smoke ? Settings.SMOKE : Settings.FULL;
        return new Settings(
                or(users, usual.users()),
                or(outstanding, usual.outstanding()),
                or(text, usual.textBytes()),
                or(warmUp, usual.warmUp()),
                or(messages, usual.messages()),
                or(seconds, usual.seconds()),
                or(rate, usual.rate()),
                or(minutes, usual.minutes()),
                or(connections, usual.connections()),
                or(gateways, usual.gateways()),
                or(idle, usual.idleSeconds()),
                or(group, usual.group()),
                or(groupMessages, usual.groupMessages()),
                or(groupSenders, usual.groupSenders()),
                or(waiting, usual.waiting()),
                or(receivers, usual.receivers()),
                cold || usual.cold(),
                or(runs, usual.runs()),
                or(loops, usual.loops()));
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Optional.ofNullable(given).orElse(usual);
    }
}
