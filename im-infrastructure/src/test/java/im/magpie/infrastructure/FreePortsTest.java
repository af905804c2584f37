package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FreePortsTest {

    @TempDir
    Path folder;

    @Test
    void remembersAPortOverARestart() {
        var port = ports().choose("redis");

        assertThat(ports().choose("redis")).isEqualTo(port);
    }

    @Test
    void givesUpARememberedPortThatIsTaken() throws Exception {
        var port = ports().choose("redis");

        try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports().choose("redis")).isNotEqualTo(port);
        }
    }

    @Test
    void seesAServerThatListensOnAllAddresses() throws Exception {
        try (var somebody = new ServerSocket(0)) {
            assertThat(FreePorts.isFree(somebody.getLocalPort())).isFalse();
        }
    }

    @Test
    void givesEachNameItsOwn() {
        var ports = ports();

        var chosen = IntStream.range(0, 50).map(number -> ports.choose("node-" + number));

        assertThat(chosen.boxed()).doesNotHaveDuplicates();
    }

    @Test
    void keepsNeighboursAtADistanceForOneServer() throws Exception {
        var ports = ports();
        var port = ports.choose("nacos", List.of(-1000, 1000));

        try (var _ = new ServerSocket(port + 1000, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ports.choose("nacos", List.of(-1000, 1000))).isNotEqualTo(port);
        }
        assertThat(new KeyValueFile(folder.resolve("ports")).get("nacos-1000"))
                .isEqualTo(Integer.toString(ports.chosen("nacos").orElseThrow() - 1000));
    }

    private FreePorts ports() {
        return new FreePorts(new KeyValueFile(folder.resolve("ports")));
    }
}
