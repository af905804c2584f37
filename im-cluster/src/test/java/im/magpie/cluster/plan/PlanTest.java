package im.magpie.cluster.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanTest {

    @TempDir
    Path folder;

    @Test
    void beginsWithTwoOfEachService() {
        assertThat(plan().topology()).isEqualTo(new Topology(2, 2, 2, false, Duration.ofSeconds(15)));
    }

    @Test
    void remembersWhatShouldRun() {
        var wanted = new Topology(3, 1, 4, false, Duration.ofMillis(1500), Map.of("redis", 7000, "mariadb", 7001));

        plan().change(wanted);

        assertThat(plan().topology()).isEqualTo(wanted);
    }

    @Test
    void remembersPortsAndSecrets() {
        var first = plan();
        var port = first.port("redis");
        var secret = first.secret("redis");

        assertThat(plan().port("redis")).isEqualTo(port);
        assertThat(plan().secret("redis")).isEqualTo(secret).hasSizeGreaterThan(30);
        assertThat(plan().secret("mariadb")).isNotEqualTo(secret);
    }

    @Test
    void keepsATakenPortWhileOthersMayKnowIt() throws Exception {
        var port = plan().port("redis");

        try (var _ = listen(port)) {
            assertThat(plan().port("redis")).isEqualTo(port);
        }
    }

    @Test
    void givesATakenPortUpWhenNobodyKnowsIt() throws Exception {
        var port = plan().port("redis");

        try (var _ = listen(port)) {
            var plan = plan();
            plan.letPortsMove();
            assertThat(plan.port("redis")).isNotEqualTo(port).isEqualTo(plan().port("redis"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "ports", "secrets"})
    void letsNobodyElseRead(String file) throws IOException {
        var plan = plan();
        plan.change(Topology.DEFAULT);
        plan.port("redis");
        plan.secret("redis");

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(plan.folder().resolve(file))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(plan.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new Topology(0, 1, 1, false, Duration.ofSeconds(15)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The number of gateways is from 1 to 16, and not 0.");
        assertThatThrownBy(() -> new Topology(1, 1, 17, false, Duration.ofSeconds(15)))
                .hasMessageContaining("stores");
        assertThatThrownBy(() -> new Topology(1, 1, 1, false, Duration.ZERO)).hasMessageContaining("heartbeat");
    }

    @Test
    void refusesWaysThatThereAreNot() {
        assertThatThrownBy(() -> behind(false, Map.of("nacos", 7000)))
                .hasMessage("Services reach mariadb, rabbitmq, redis through others, and not nacos.");
        assertThatThrownBy(() -> behind(false, Map.of("redis", 70_000))).hasMessage("70000 is no port.");
        assertThatThrownBy(() -> behind(true, Map.of("redis", 7000))).hasMessageContaining("Sentinel");
    }

    private static Topology behind(boolean redisReplica, Map<String, Integer> through) {
        return new Topology(1, 1, 1, redisReplica, Duration.ofSeconds(1), through);
    }

    private Plan plan() {
        return new Plan(folder.resolve("cluster"));
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
