package im.magpie.bench.command;

import im.magpie.bench.workload.Settings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much is measured. */
final class SizeOptions {

    @Option(names = "--runs", paramLabel = "N", description = "of each load (default: 3)")
    private @Nullable Integer runs;

    @Option(names = "--users", paramLabel = "N", description = "of W1, W1o and W5, in pairs (default: 1000)")
    private @Nullable Integer users;

    @Option(names = "--outstanding", paramLabel = "N", split = ",", description = "messages that a sender has under way, of W1 (default: 1,8)")
    private @Nullable List<Integer> outstanding;

    @Option(names = "--warm-up", paramLabel = "N", description = "messages before anything counts (default: 60000)")
    private @Nullable Long warmUp;

    @Option(names = "--messages", paramLabel = "N", description = "of a run of W1 (default: 60000)")
    private @Nullable Long messages;

    @Option(names = "--smoke", description = "a little of everything, to see whether it works")
    private boolean smoke;

    Settings settings() {
        var usual = smoke ? Settings.SMOKE : Settings.FULL;
        return new Settings(
                or(users, usual.users()),
                or(outstanding, usual.outstanding()),
                usual.textBytes(),
                or(warmUp, usual.warmUp()),
                or(messages, usual.messages()),
                usual.seconds(),
                usual.rate(),
                usual.minutes(),
                usual.connections(),
                usual.group(),
                usual.groupMessages(),
                usual.groupSenders(),
                usual.waiting(),
                usual.receivers(),
                or(runs, usual.runs()),
                usual.loops());
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Optional.ofNullable(given).orElse(usual);
    }
}
