package im.magpie.service.testing;

import im.magpie.service.redis.RedisConfiguration;
import im.magpie.service.redis.RedisSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.redisson.api.RedissonClient;
import org.springframework.util.FileSystemUtils;
import redis.embedded.RedisServer;

/**
 * A private Redis that writes all it is told to an append-only file, can be stopped and come back, with its own data or with older. The system
 * property {@code magpie.test.redis} names another redis-server than the embedded one to run the tests against.
 */
public final class RedisProcess implements AutoCloseable {

    private static final @Nullable String EXECUTABLE = System.getProperty("magpie.test.redis");

    private final int port;
    private final Path folder;
    private final Path data;
    private @Nullable RedisServer server;

    private final @Nullable RedisProcess master;

    private RedisProcess(int port, Path folder, @Nullable RedisProcess master) {
        this.port = port;
        this.folder = folder;
        this.master = master;
        this.data = folder.resolve("data");
    }

    /** Starts an empty Redis. */
    public static RedisProcess start() {
        return start(null);
    }

    /** Starts a replica of this one. */
    public RedisProcess startReplica() {
        return start(this);
    }

    /** Makes a replica a master. */
    public void promote() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write("REPLICAOF NO ONE\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readNBytes(3), StandardCharsets.US_ASCII);
            if (!answer.equals("+OK")) {
                throw new IllegalStateException("not promoted: " + answer);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RedisProcess start(@Nullable RedisProcess master) {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var folder = Files.createTempDirectory("redis");
            Files.createDirectory(folder.resolve("data"));
            var process = new RedisProcess(socket.getLocalPort(), folder, master);
            socket.close();
            process.resume();
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the stopped server again, on the same port and with what lies in its folder. */
    public void resume() {
        try {
            var builder = RedisServer.newRedisServer()
                    .port(port)
                    .bind("127.0.0.1")
                    .setting("dir " + data)
                    .setting("save \"\"")
                    .setting("appendonly yes")
                    .setting("appendfsync no")
                    .onShutdownForceStop(true);
            if (master != null) {
                builder.slaveOf("127.0.0.1", master.port);
            }
            if (EXECUTABLE != null) {
                builder.executableProvider(() -> new File(EXECUTABLE));
            }
            server = builder.build();
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process. */
    public void stop() {
        try {
            Objects.requireNonNull(server).stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies the data as it is now. The server must be stopped. */
    public void keepCopy() {
        copy(data, folder.resolve("copy"));
    }

    /** Puts the copy in the place of the data. The server must be stopped. */
    public void bringBackCopy() {
        copy(folder.resolve("copy"), data);
    }

    private static void copy(Path from, Path to) {
        try {
            FileSystemUtils.deleteRecursively(to);
            FileSystemUtils.copyRecursively(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a new client with short timeouts; the caller shuts it down. */
    public RedissonClient connect() {
        var address = List.of("redis://127.0.0.1:" + port);
        return RedisConfiguration.connect(new RedisSettings(address, null, null, null, Duration.ofSeconds(1), 16));
    }

    @Override
    public void close() {
        try {
            stop();
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
