package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoopbackServerTest {

    private static final List<String> WORKING = List.of("sh", "-c", "echo ready; while :; do sleep 0.05; done");
    private static final List<String> FAILING = List.of("sh", "-c", "echo no luck; exit 1");

    @TempDir
    Path folder;

    private final List<Integer> tried = new ArrayList<>();
    private @Nullable LoopbackServer server;
    private @Nullable ServerSocket somebodyElse;

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.stop();
        }
        if (somebodyElse != null) {
            somebodyElse.close();
        }
    }

    @Test
    void takesAnotherPortWhenSomebodyWasFaster() {
        var starting = serverFor(port -> {
            if (tried.size() > 1) {
                return WORKING;
            }
            occupy(port);
            return FAILING;
        });

        starting.start();

        assertThat(tried).hasSize(2).doesNotHaveDuplicates();
        assertThat(starting.port()).isEqualTo(tried.getLast());
    }

    @Test
    void doesNotTryAgainWhenThePortIsNotTheReason() {
        var starting = serverFor(_ -> FAILING);

        assertThatThrownBy(starting::start).hasMessageContaining("no luck");

        assertThat(tried).hasSize(1);
    }

    @Test
    void keepsItsPort() {
        var restarted = serverFor(_ -> WORKING);

        restarted.start();
        restarted.kill();
        restarted.start();

        assertThat(tried).hasSize(2).containsOnly(restarted.port());
    }

    @Test
    void startsOnlyOnce() {
        var started = serverFor(_ -> WORKING);

        started.start();
        started.start();

        assertThat(tried).hasSize(1);
    }

    @Test
    void hasNoPortBeforeItWasStarted() {
        var unstarted = serverFor(_ -> WORKING);

        assertThatThrownBy(unstarted::port).isInstanceOf(IllegalStateException.class);
    }

    private LoopbackServer serverFor(IntFunction<List<String>> command) {
        var ports = new FreePorts(new KeyValueFile(folder.resolve("ports")));
        server = new LoopbackServer("server", folder, "ready", ports, port -> {
            tried.add(port);
            return command.apply(port);
        });
        return server;
    }

    private void occupy(int port) {
        try {
            somebodyElse = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
