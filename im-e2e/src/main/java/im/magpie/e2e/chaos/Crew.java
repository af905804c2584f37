package im.magpie.e2e.chaos;

import im.magpie.e2e.cluster.ClusterException;
import im.magpie.e2e.cluster.Links;
import im.magpie.e2e.cluster.NativeCluster;
import im.magpie.e2e.cluster.RedisServer;
import im.magpie.e2e.fault.Fault;
import im.magpie.e2e.network.Weather;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Carries faults out. Safe for use by many threads, as long as nothing is broken twice at a time. */
final class Crew {

    private static final Runnable NOTHING = () -> {};
    private static final Duration START_PATIENCE = Duration.ofMinutes(4);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final String GATEWAY = "im-tcp-";

    private final NativeCluster cluster;
    private final Links links;

    Crew(NativeCluster cluster, Links links) {
        this.cluster = cluster;
        this.links = links;
    }

    /**
     * Breaks something.
     *
     * @return what mends it, and returns when it is at work again
     * @throws ClusterException if it can't be broken
     */
    Runnable carryOut(Fault fault) {
        var target = fault.target();
        return switch (fault) {
            case Fault.Kill _ -> {
                cluster.kill(target);
                yield () -> comeBack(target, Duration.ZERO);
            }
            case Fault.Freeze _ -> {
                cluster.freeze(target);
                yield () -> cluster.unfreeze(target);
            }
            case Fault.Restart _ -> {
                cluster.stop(target);
                yield () -> comeBack(target, Duration.ZERO);
            }
            case Fault.Flush _ -> {
                new RedisServer(cluster, target).flush();
                yield NOTHING;
            }
            case Fault.Wipe _ -> {
                new RedisServer(cluster, target).dieAndForget();
                yield () -> comeBack(target, Duration.ZERO);
            }
            case Fault.Skew skew -> {
                startWithClock(target, skew.ahead());
                yield () -> startWithClock(target, Duration.ZERO);
            }
            case Fault.OfLink ofLink -> carryOut(ofLink);
        };
    }

    private Runnable carryOut(Fault.OfLink fault) {
        var proxy = links.to(fault.target());
        Runnable clear = () -> proxy.weather(Weather.CLEAR);
        return switch (fault) {
            case Fault.Delay delay -> {
                proxy.weather(new Weather.Slow(delay.least(), delay.most()));
                yield clear;
            }
            case Fault.Drop _ -> {
                proxy.weather(Weather.LOSSY);
                yield clear;
            }
            case Fault.Cut _ -> {
                proxy.cut();
                yield NOTHING;
            }
            case Fault.HalfClose half -> {
                proxy.halfClose(half.towards());
                yield proxy::cut;
            }
            case Fault.Block _ -> {
                proxy.weather(Weather.CLOSED);
                proxy.cut();
                yield clear;
            }
        };
    }

    /** A gateway that is asked to end sends its clients to another one, by an address that leads past the proxy: gateways are killed. */
    private void startWithClock(String target, Duration ahead) {
        if (target.startsWith(GATEWAY)) {
            cluster.kill(target);
        }
        comeBack(target, ahead);
    }

    /** What it needs may be broken too, so that it can't start: then it is tried again, but not all the time. */
    private void comeBack(String target, Duration ahead) {
        var deadline = System.nanoTime() + START_PATIENCE.toNanos();
        var command = List.of("restart", target, "--clock=" + ahead);
        var output = cluster.run(command);
        while (output.status() != 0) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(target + " does not start: " + output.text());
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            output = cluster.run(command);
        }
    }
}
