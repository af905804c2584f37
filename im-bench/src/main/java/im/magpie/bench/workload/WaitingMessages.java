package im.magpie.bench.workload;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.Crowd;
import im.magpie.bench.client.Crowd.Entrant;
import im.magpie.bench.client.Peer;
import im.magpie.bench.load.Chatter.Conversation;
import im.magpie.bench.load.Meter;
import im.magpie.bench.load.Verification;
import im.magpie.bench.report.Run;
import im.magpie.codec.conversation.ConversationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * W4: users for whom messages wait log in, one behind the other, and ask for them. First the messages are the newest of several conversations, which
 * Redis has; then they are those of one conversation below what Redis has of it, which only the store has. What a device lacks waits for it: every
 * login is of a device that has nothing.
 */
public final class WaitingMessages implements Workload {

    /** The newest messages of a conversation that Redis keeps. */
    private static final int WINDOW = 200;

    /** Of each sender at the most, so that all of it is in the window. */
    private static final int OF_A_SENDER = 100;

    private static final int UNDER_WAY = 8;
    private static final int MICRO = 1_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final long UNTIL_STORED_NANOS = TimeUnit.SECONDS.toNanos(3);

    @Override
    public void measure(Bench bench) {
        var waiting = bench.settings().waiting();
        var senders = (waiting + OF_A_SENDER - 1) / OF_A_SENDER;
        measure(bench, "from Redis", new Mail(senders, waiting / senders, waiting / senders));
        measure(bench, "from the store", new Mail(1, waiting + WINDOW, waiting));
    }

    /**
     * What waits for each user.
     *
     * @param senders how many have written to him
     * @param messages of each of them
     * @param wanted how many he asks each of his conversations for, the oldest
     */
    private record Mail(int senders, int messages, int wanted) {}

    private static void measure(Bench bench, String name, Mail mail) {
        var settings = bench.settings();
        var word = Bench.freshWord();
        var readers = bench.office().importUsers(word + "r", settings.receivers());
        var load = bench.load(
                "W4",
                name,
                Map.of(
                        "waiting", mail.senders() * mail.wanted(),
                        "conversations", mail.senders(),
                        "receivers", settings.receivers(),
                        "text_bytes", settings.textBytes()));
        try (var crowd = new Crowd(1, bench.site().gateways())) {
            // They have been here before, so that there are indexes of theirs.
            readers.forEach(reader -> visit(bench, crowd, reader, 0, 0));
            write(bench, load, word, readers, mail);
            bench.warmUp().repeat(load.title(), () -> run(bench, load, 0, crowd, readers, mail));
            for (var number = 1; number <= settings.runs(); number++) {
                bench.progress().now("%s, run %d".formatted(load.title(), number));
                bench.journal().add(run(bench, load, number, crowd, readers, mail));
            }
        }
        bench.progress().say("%s: everybody received everything that waited, without a gap.".formatted(load.title()));
    }

    private static void write(Bench bench, Run.Load load, String word, List<String> readers, Mail mail) {
        var senders = bench.office().importUsers(word + "s", readers.size() * mail.senders());
        try (var writers = Audience.online(bench, senders, number -> {
            var reader = readers.get(number / mail.senders());
            var conversation = ConversationId.privateBetween(senders.get(number), reader);
            return new Conversation(
                    conversation.toString(), number, 1, bench.settings().textBytes(), UNDER_WAY);
        })) {
            var messages = (long) senders.size() * mail.messages();
            var window = new Window(writers.load(), bench);
            writers.load().write(senders.size(), mail.messages(), UNDER_WAY);
            window.watch(
                    load.title() + ", writing", _ -> writers.load().counts().accepted() >= messages);
            Verification.everythingCame(writers.load(), 1);
        }
        LockSupport.parkNanos(UNTIL_STORED_NANOS);
    }

    /** Returns how many nanoseconds a user's visit takes, from his coming to his last message. */
    private static long visit(Bench bench, Crowd crowd, String reader, int wanted, long expected) {
        var visit = new Visit(wanted);
        var peer = new Peer(Audience.login(bench.office(), reader), visit);
        var begin = System.nanoTime();
        crowd.enter(List.of(new Entrant(peer, 0, 0)), 1);
        var received =
                visit.done().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        var nanos = System.nanoTime() - begin;
        crowd.leave(List.of(peer));
        if (received != expected) {
            throw new MeasurementException(
                    "%s received %,d messages, and not %,d".formatted(reader, received, expected));
        }
        return nanos;
    }

    private static Run run(Bench bench, Run.Load load, int number, Crowd crowd, List<String> readers, Mail mail) {
        var latencies = Meter.histogram();
        var expected = (long) mail.senders() * mail.wanted();
        var span = Span.of(
                bench.servers(),
                () -> readers.forEach(
                        reader -> latencies.recordValue(visit(bench, crowd, reader, mail.wanted(), expected) / MICRO)));
        return new Run(
                load,
                number,
                Instant.now(),
                "login",
                readers.size(),
                span.seconds(),
                span.servers().nanos(),
                span.seconds(),
                Map.of("received", latencies),
                bench.servers().peakMemory(),
                span.generatorCores(),
                Map.of("cpu_us_per_waiting_message", span.servers().total() / 1e3 / readers.size() / expected),
                List.of());
    }
}
