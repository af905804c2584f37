package im.magpie.e2e.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A cluster's Redis, and how it can be made to forget. */
public final class RedisServer {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final List<String> MEMORY = List.of("appendonlydir", "dump.rdb");

    private final NativeCluster cluster;
    private final String member;

    public RedisServer(NativeCluster cluster, String member) {
        this.cluster = cluster;
        this.member = member;
    }

    /** Forgets everything, and goes on. */
    public void flush() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), cluster.port(member))) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var commands = "AUTH %s\r\nFLUSHALL\r\nQUIT\r\n".formatted(cluster.secret("redis"));
            socket.getOutputStream().write(commands.getBytes(StandardCharsets.US_ASCII));
            var reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            if (!reply.startsWith("+OK\r\n+OK\r\n")) {
                throw new ClusterException("Redis answers: " + reply);
            }
        } catch (IOException e) {
            throw new ClusterException("Redis does not answer", e);
        }
    }

    /** Ends at once; what it had on its disk is gone. */
    public void dieAndForget() {
        cluster.kill(member);
        try {
            for (var name : MEMORY) {
                delete(cluster.folder().resolve(member).resolve(name));
            }
        } catch (IOException e) {
            throw new ClusterException("Cannot delete what Redis has on disk", e);
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (var files = Files.walk(path)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
