package im.magpie.bench.command;

import im.magpie.bench.workload.GrowthSizes;
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

    @Option(names = "--users", paramLabel = "N", description = "W1, W1o, W5, growth: users, an even number (1,000)")
    private @Nullable Integer users;

    @Option(
            names = "--outstanding",
            paramLabel = "N",
            split = ",",
            description = "W1: messages that a sender has under way; growth: the first of them (1,8)")
    private @Nullable List<Integer> outstanding;

    @Option(names = "--text", paramLabel = "BYTES", description = "how long texts are (100)")
    private @Nullable Integer text;

    @Option(names = "--warm-up", paramLabel = "N", description = "W1, growth: messages before anything counts (60,000)")
    private @Nullable Long warmUp;

    @Option(names = "--messages", paramLabel = "N", description = "W1, growth: messages of a run (60,000)")
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

    @Option(names = "--idle", paramLabel = "SECONDS", description = "W2, growth: how long they are watched (60)")
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

    @Option(
            names = "--idle-connections",
            paramLabel = "N",
            split = ",",
            description = "growth: further connections that are idle (18,000; 0 leaves their loads out)")
    private @Nullable List<Integer> idleConnections;

    @Option(
            names = "--conversations",
            paramLabel = "N",
            split = ",",
            description = "growth: other conversations of each user (10,10000; 0 leaves their loads out)")
    private @Nullable List<Integer> conversations;

    @Option(
            names = "--conversation-users",
            paramLabel = "N",
            description = "growth: users who have so many, an even number (50)")
    private @Nullable Integer conversationUsers;

    @Option(
            names = "--stored",
            paramLabel = "N",
            split = ",",
            description =
                    "growth: messages to write first; 20000000 take half an hour (none: their loads are left out)")
    private @Nullable List<Long> stored;

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
                growth(usual.growth()),
                cold || usual.cold(),
                or(runs, usual.runs()),
                or(loops, usual.loops()));
    }

    private GrowthSizes growth(GrowthSizes usual) {
        return new GrowthSizes(
                or(idleConnections, usual.idleConnections()),
                or(conversations, usual.conversations()),
                or(conversationUsers, usual.conversationUsers()),
                or(stored, usual.stored()));
    }

    private static <T> T or(@Nullable T given, T usual) {
        return Optional.ofNullable(given).orElse(usual);
    }
}
