package im.magpie.standalone;

import im.magpie.infrastructure.EmbeddedInfrastructure;
import im.magpie.infrastructure.InfrastructureException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts servers again that have died under a running system, as whatever runs servers in a cluster would. */
final class Supervision implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Supervision.class);
    private static final long SECONDS = 2;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("supervision").factory());

    Supervision(EmbeddedInfrastructure infrastructure) {
        timer.scheduleWithFixedDelay(() -> revive(infrastructure), SECONDS, SECONDS, TimeUnit.SECONDS);
    }

    private static void revive(EmbeddedInfrastructure infrastructure) {
        try {
            infrastructure.redis().start();
            infrastructure.database().start();
        } catch (InfrastructureException e) {
            log.error("A server that had died does not start again; it will be tried again", e);
        }
    }

    /** Returns when no start is under way any more. */
    @Override
    public void close() {
        timer.close();
    }
}
