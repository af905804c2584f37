package im.magpie.bench.workload;

import im.magpie.bench.process.Compilers;
import im.magpie.bench.process.Pinning;
import im.magpie.bench.process.Servers;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a system to where it is when it has run for a while: what its JVMs do often is compiled by then. It has all cores for that, whatever it has
 * when it is measured. One thread uses it.
 */
public final class WarmUp implements AutoCloseable {

    /** The part of the servers' processor time up to which compilers do not count any more. */
    private static final double LITTLE = 0.02;

    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(3);
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(4);
    private static final int PERCENT = 100;

    private final Servers servers;
    private final Progress progress;
    private final boolean pin;
    private final boolean cold;
    private @Nullable Pinning pinning;

    /**
     * Nothing is warm yet.
     *
     * @param pin whether servers and generator have a core each when it is over
     * @param cold whether one round is enough
     */
    public WarmUp(Servers servers, Progress progress, boolean pin, boolean cold) {
        this.servers = servers;
        this.progress = progress;
        this.pin = pin;
        this.cold = cold;
    }

    /** Does what will be measured, again and again, until there is little left to compile, or three minutes are over. */
    void repeat(String what, Runnable round) {
        unpin();
        var begin = System.nanoTime();
        double compiling;
        do {
            compiling = compiling(round);
            progress.now("%s, warm-up: compilers take %.0f %%".formatted(what, compiling * PERCENT));
        } while (!cold && compiling > LITTLE && System.nanoTime() - begin < LONGEST_NANOS);
        if (pin) {
            pinning = Pinning.of(servers);
        }
    }

    /** Returns the part of the servers' processor time that compilers had meanwhile. */
    private double compiling(Runnable round) {
        var pids = servers.pids();
        var before = Compilers.cpuNanos(pids);
        var begin = System.nanoTime();
        var span = Span.of(servers, () -> {
            do {
                round.run();
            } while (!cold && System.nanoTime() - begin < LOOK_NANOS);
        });
        return (double) (Compilers.cpuNanos(pids) - before)
                / Math.max(1, span.servers().total());
    }

    /** Lets everybody run where he might before: what is only prepared has all cores. */
    void unpin() {
        if (pinning != null) {
            pinning.close();
            pinning = null;
        }
    }

    @Override
    public void close() {
        unpin();
    }
}
