package im.magpie.e2e.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The system's Redis, and what can happen to it. */
public final class Redis {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Standalone system;
    private final Child server;

    Redis(Standalone system) {
        this.system = system;
        this.server = new Child(system, "redis-server");
    }

    public Child server() {
        return server;
    }

    /** Forgets everything. */
    public void flushAll() {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), system.addresses().redisPort())) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (var command : List.of("AUTH " + system.secret("redis"), "FLUSHALL")) {
                socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
                var reply = in.readLine();
                if (!"+OK".equals(reply)) {
                    throw new AssertionError("Redis answers: " + reply);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what Redis has on disk now. */
    public Snapshot snapshot() {
        try {
            var file = appendOnlyFile();
            return new Snapshot(Files.copy(
                    file,
                    Files.createTempFile(file.getParent(), "older-", ".aof"),
                    StandardCopyOption.REPLACE_EXISTING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills Redis, so that it comes back with what it had when the snapshot was taken. */
    public void dieAndComeBackWith(Snapshot older) {
        // Paused first: it must neither write to the old file nor be started again before that is exchanged.
        server.pause();
        try {
            Files.move(older.file(), appendOnlyFile(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.kill();
    }

    private Path appendOnlyFile() {
        return system.data().resolve("redis").resolve("appendonly.aof");
    }

    /** What Redis had at a moment. */
    public record Snapshot(Path file) {}
}
