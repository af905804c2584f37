package im.magpie.service.testing;

import im.magpie.service.redis.RedisScripts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.redisson.api.RedissonClient;

/** The Redis that the tests of a JVM share. It is empty before each test. Register it as a static extension. */
public final class TestRedis implements BeforeEachCallback {

    private static final Object LOCK = new Object();
    private static @Nullable RedissonClient client;

    @Override
    public void beforeEach(ExtensionContext context) {
        flush();
    }

    /** Returns a client that nobody shuts down. */
    public RedissonClient client() {
        synchronized (LOCK) {
            if (client == null) {
                var process = RedisProcess.start();
                var connected = process.connect();
                client = connected;
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    connected.shutdown();
                    process.close();
                }));
            }
            return client;
        }
    }

    public RedisScripts scripts() {
        return new RedisScripts(client());
    }

    /** Empties Redis, as FLUSHALL by an operator would: its replication id stays. */
    public void flush() {
        client().getKeys().flushall();
    }
}
