package im.magpie.infrastructure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Database, Redis and broker of a standalone Magpie, started together.
 *
 * <p>None of them outlives the JVM for long: the broker lives in it, and the child processes end by themselves when it is gone, however it
 * went. One that did not is ended by the next start on the same data. Whoever started the infrastructure closes it after the services,
 * because they still write while they stop.
 */
public final class EmbeddedInfrastructure implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedInfrastructure.class);

    /** Where the servers listen and who may log in. */
    public record Addresses(ServerAddress database, ServerAddress redis, ServerAddress broker) {}

    private final EmbeddedMariaDb database;
    private final EmbeddedRedis redis;
    private final EmbeddedBroker broker;

    private EmbeddedInfrastructure(DataDirectory data) {
        this.database = new EmbeddedMariaDb(data);
        this.redis = new EmbeddedRedis(data);
        this.broker = new EmbeddedBroker(data);
    }

    /**
     * Starts all servers on this data and returns when they accept connections. The caller keeps the data directory open until it has closed
     * the infrastructure.
     *
     * @throws InfrastructureException if one does not come up; the others are stopped then
     */
    public static EmbeddedInfrastructure start(DataDirectory data) {
        var begun = System.nanoTime();
        var infrastructure = new EmbeddedInfrastructure(data);
        try {
            infrastructure.startTogether();
        } catch (RuntimeException e) {
            try {
                infrastructure.close();
            } catch (RuntimeException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
        log.info("Started on {} within {} ms: {}", data.path(), millisSince(begun), infrastructure.addresses());
        return infrastructure;
    }

    public Addresses addresses() {
        return new Addresses(database.address(), redis.address(), broker.address());
    }

    public EmbeddedMariaDb database() {
        return database;
    }

    public EmbeddedRedis redis() {
        return redis;
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    /** Stops all servers, the broker first, and waits for them. */
    @Override
    public void close() {
        var begun = System.nanoTime();
        try (database;
                redis;
                broker) {
            log.debug("Stopping");
        }
        log.info("Stopped within {} ms", millisSince(begun));
    }

    private void startTogether() {
        // Virtual threads inherit the context class loader, by which the broker finds its plug-ins.
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = new ArrayList<CompletableFuture<Void>>();
            for (Runnable start : List.<Runnable>of(database::start, redis::start, broker::start)) {
                starts.add(CompletableFuture.runAsync(start, threads));
            }
            CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof InfrastructureException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static long millisSince(long begun) {
        return (System.nanoTime() - begun) / 1_000_000;
    }
}
