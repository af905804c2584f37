package im.magpie.service.testing;

import im.magpie.service.redis.RedisScripts;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.redisson.api.RedissonClient;

/** The Redis that the tests of a JVM share. It is empty before each test. Register it as a static extension. */
public final class TestRedis implements BeforeEachCallback {

    private static final Object LOCK = new Object();
    private static @Nullable RedisProcess process;
    private static @Nullable RedissonClient client;

    @Override
    public void beforeEach(ExtensionContext context) {
        flush();
    }

    /** Returns a client that nobody shuts down. */
    public RedissonClient client() {
        synchronized (LOCK) {
            if (client == null) {
                var connected = process().connect();
                Runtime.getRuntime().addShutdownHook(new Thread(connected::shutdown));
                client = connected;
            }
            return client;
        }
    }

    private static RedisProcess process() {
        synchronized (LOCK) {
            if (process == null) {
                process = RedisProcess.start();
            }
            return process;
        }
    }

    public RedisScripts scripts() {
        return new RedisScripts(client(), new SimpleMeterRegistry());
    }

    /** Returns what an application has to be told to find this Redis. */
    public Map<String, String> settings() {
        return process().settings();
    }

    /** Empties Redis, as FLUSHALL by an operator would: its replication id stays. */
    public void flush() {
        client().getKeys().flushall();
    }
}
