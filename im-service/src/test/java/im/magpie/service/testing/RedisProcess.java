package im.magpie.service.testing;

import im.magpie.infrastructure.EmbeddedRedis;
import im.magpie.service.redis.RedisConfiguration;
import im.magpie.service.redis.RedisSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.springframework.util.FileSystemUtils;

/**
 * A private Redis that can be stopped and come back, with its own data or with older. The system property {@code magpie.test.redis} names
 * another redis-server than the embedded one to run the tests against.
 */
public final class RedisProcess implements AutoCloseable {

    private static final @Nullable Path PROGRAM = Optional.ofNullable(System.getProperty("magpie.test.redis"))
            .map(Path::of)
            .orElse(null);
    private static final AtomicInteger STARTED = new AtomicInteger();

    private final EmbeddedRedis server;

    private RedisProcess(EmbeddedRedis server) {
        this.server = server;
    }

    /** Starts an empty Redis. */
    public static RedisProcess start() {
        var server = new EmbeddedRedis(TestServers.DATA, "redis-" + STARTED.incrementAndGet(), PROGRAM);
        server.start();
        return new RedisProcess(server);
    }

    /** Starts a replica of this one. */
    public RedisProcess startReplica() {
        var replica = start();
        var address = server.address();
        replica.tell("CONFIG SET masterauth " + address.credentials().password());
        replica.tell("REPLICAOF %s %d".formatted(address.host(), address.port()));
        return replica;
    }

    /** Makes a replica a master. */
    public void promote() {
        tell("REPLICAOF NO ONE");
    }

    private void tell(String command) {
        var address = server.address();
        try (var socket = new Socket(address.host(), address.port());
                var answers =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            var commands = "AUTH %s\r\n%s\r\n".formatted(address.credentials().password(), command);
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            for (var expected : List.of("+OK", "+OK")) {
                var answer = answers.readLine();
                if (!expected.equals(answer)) {
                    throw new IllegalStateException(command + ": " + answer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the stopped server again, on the same port and with what lies in its folder. */
    public void resume() {
        server.start();
    }

    /** Ends the process. */
    public void stop() {
        server.close();
    }

    /** Copies the data as it is now. The server must be stopped. */
    public void keepCopy() {
        copy(server.folder(), copy());
    }

    /** Puts the copy in the place of the data. The server must be stopped. */
    public void bringBackCopy() {
        copy(copy(), server.folder());
    }

    private Path copy() {
        return server.folder().resolveSibling(server.folder().getFileName() + "-copy");
    }

    private static void copy(Path from, Path to) {
        try {
            FileSystemUtils.deleteRecursively(to);
            FileSystemUtils.copyRecursively(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what an application has to be told to find this Redis. */
    public Map<String, String> settings() {
        return server.settings();
    }

    /** Returns a new client with short timeouts; the caller shuts it down. */
    public RedissonClient connect() {
        var address = server.address();
        return RedisConfiguration.connect(new RedisSettings(
                List.of("redis://" + address),
                null,
                null,
                address.credentials().password(),
                Duration.ofSeconds(1),
                16));
    }

    @Override
    public void close() {
        stop();
    }
}
