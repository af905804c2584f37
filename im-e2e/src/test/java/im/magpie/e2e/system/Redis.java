package im.magpie.e2e.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The system's Redis, and what can happen to it. */
public final class Redis {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final MagpieSystem system;
    private final Server server;
    private final Path appendOnly;

    /** What a system's Redis has on disk is a file or, in later versions, a folder. */
    Redis(MagpieSystem system, Server server, Path appendOnly) {
        this.system = system;
        this.server = server;
        this.appendOnly = appendOnly;
    }

    public Server server() {
        return server;
    }

    /** Forgets everything. */
    public void flushAll() {
        var reply = ask(system.addresses().port("redis"), "FLUSHALL");
        if (!"+OK".equals(reply.getFirst())) {
            throw new AssertionError("Redis answers: " + reply);
        }
    }

    /** Returns whether a server follows another one, and has all that the other has. */
    public boolean follows(String address) {
        return ask(system.addresses().port(address), "INFO replication").contains("master_link_status:up");
    }

    private List<String> ask(int port, String command) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var commands = "AUTH %s\r\n%s\r\nQUIT\r\n".formatted(system.secret("redis"), command);
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            var reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
            if (!"+OK".equals(reply.getFirst())) {
                throw new AssertionError("Redis answers: " + reply);
            }
            return reply.subList(1, reply.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies what Redis has on disk now. */
    public Snapshot snapshot() {
        var copy = appendOnly.resolveSibling("older-" + appendOnly.getFileName());
        if (Files.exists(copy)) {
            Folders.delete(copy);
        }
        Folders.copy(appendOnly, copy);
        return new Snapshot(copy);
    }

    /** Kills Redis, which comes back with nothing. */
    public void dieAndComeBackEmpty() {
        server.pause();
        Folders.delete(appendOnly);
        server.kill();
        server.comeBack();
    }

    /** Kills Redis, so that it comes back with what it had when the snapshot was taken. */
    public void dieAndComeBackWith(Snapshot older) {
        // Paused first: it must neither write to the old file nor be started again before that is exchanged.
        server.pause();
        try {
            Folders.delete(appendOnly);
            Files.move(older.copy(), appendOnly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.kill();
        server.comeBack();
    }

    /** What Redis had at a moment. */
    public record Snapshot(Path copy) {}
}
