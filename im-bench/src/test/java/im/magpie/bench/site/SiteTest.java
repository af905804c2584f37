package im.magpie.bench.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {

    private static final long OWN = ProcessHandle.current().pid();

    @TempDir
    private Path data;

    @Test
    void takesTheClusterWhereBothRun() throws Exception {
        runs(data);
        assertThat(Site.find(data, null).topology()).isEqualTo(Topology.STANDALONE);
        runs(data.resolve("cluster"));

        assertThat(Site.find(data, null).topology()).isEqualTo(Topology.CLUSTER);
        assertThat(Site.find(data, Topology.STANDALONE).topology()).isEqualTo(Topology.STANDALONE);
    }

    @Test
    void saysWhatDoesNotRun() throws Exception {
        assertThatThrownBy(() -> Site.find(data, null)).isInstanceOf(MeasurementException.class);
        runs(data);
        assertThatThrownBy(() -> Site.find(data, Topology.CLUSTER))
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("./im cluster up");
    }

    @Test
    void knowsGatewaysAndProcesses() throws Exception {
        runs(data);
        var standalone = Site.find(data, null);
        assertThat(standalone.gateways()).extracting(InetSocketAddress::getPort).containsExactly(9001, 9002);
        assertThat(standalone.servers().processes()).containsKey(Site.ALL_IN_ONE);
        var cluster = data.resolve("cluster");
        runs(cluster);
        assertThatThrownBy(() -> Site.find(data, null).servers()).isInstanceOf(MeasurementException.class);
        Files.createDirectories(cluster.resolve("im-tcp-1"));
        Files.writeString(cluster.resolve("im-tcp-1").resolve("im-tcp-1.pid"), OWN + " 12345\n");
        Files.createDirectories(cluster.resolve("redis"));
        Files.writeString(cluster.resolve("redis").resolve("redis.pid"), "999999999 1\n");

        assertThat(Site.find(data, null).servers().membersOf(Site.GATEWAY)).containsOnlyKeys("im-tcp-1");
    }

    private static void runs(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("addresses"), """
            pid=%d
            service=http://127.0.0.1:8000
            gateways=2
            gateway_1_tcp=127.0.0.1:9001
            gateway_2_tcp=127.0.0.1:9002
            """.formatted(OWN));
    }
}
