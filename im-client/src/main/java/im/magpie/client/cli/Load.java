package im.magpie.client.cli;

import io.netty.channel.EventLoopGroup;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Pairs of users who write to each other as fast as the server takes it. */
final class Load implements AutoCloseable {

    private final PrintWriter out;
    private final LoadFigures figures = new LoadFigures();
    private final List<LoadSender> senders = new ArrayList<>();

    /** Signs all of them in: one of each pair on the first node, the other on the last. */
    Load(List<SignedInUser> users, EventLoopGroup loops, PrintWriter out) {
        this.out = out;
        for (var i = 0; i < users.size(); i++) {
            var nodes = users.get(i).nodes();
            var user = users.get(i).on(i % 2 == 0 ? nodes.getFirst() : nodes.getLast());
            senders.add(new LoadSender(user, users.get(i ^ 1).userId(), loops, figures));
        }
        senders.forEach(LoadSender::awaitReady);
    }

    void run(int outstanding, int warmupSeconds, int seconds) {
        out.println(String.format(
                Locale.ROOT,
                "%d senders, %d messages each under way; %d s to warm up",
                senders.size(),
                outstanding,
                warmupSeconds));
        senders.forEach(sender -> sender.begin(outstanding));
        pause(warmupSeconds);
        figures.measuring(true);
        var begun = System.nanoTime();
        var acknowledged = figures.acknowledged();
        var delivered = figures.delivered();
        pause(seconds);
        var elapsed = (System.nanoTime() - begun) / 1e9;
        acknowledged = figures.acknowledged() - acknowledged;
        delivered = figures.delivered() - delivered;
        figures.measuring(false);
        senders.forEach(LoadSender::end);
        out.println(String.format(Locale.ROOT, "acknowledged:            %,.0f messages/s", acknowledged / elapsed));
        out.println(String.format(Locale.ROOT, "delivered:               %,.0f messages/s", delivered / elapsed));
        out.println("send to acknowledgement: " + figures.acknowledgements());
        out.println("send to receive:         " + figures.deliveries());
        check();
    }

    /** What was acknowledged has to arrive: all of it, once, in order. */
    private void check() {
        var deadline = System.nanoTime() + Participant.PATIENCE.toNanos();
        while (figures.delivered() < figures.acknowledged() || senders.stream().anyMatch(LoadSender::busy)) {
            if (System.nanoTime() > deadline) {
                throw new CommandFailedException("Not as it should be: of %d acknowledged messages %d arrived"
                        .formatted(figures.acknowledged(), figures.delivered()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        var fault = figures.fault();
        if (fault != null) {
            throw new CommandFailedException("Not as it should be: " + fault);
        }
        out.println(String.format(Locale.ROOT, "All %,d messages arrived, once and in order.", figures.delivered()));
    }

    private static void pause(int seconds) {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("interrupted");
        }
    }

    @Override
    public void close() {
        senders.forEach(LoadSender::close);
    }
}
