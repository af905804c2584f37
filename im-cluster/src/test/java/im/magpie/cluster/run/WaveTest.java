package im.magpie.cluster.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaveTest {

    @TempDir
    Path parent;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();
    private Path cluster;
    private Wave wave;

    @BeforeEach
    void createWave() throws IOException {
        cluster = parent.toRealPath();
        wave = new Wave(cluster, said::add, Duration.ofSeconds(30));
    }

    @AfterEach
    void endProcesses() {
        MemberProcess.allRunning(cluster).forEach(MemberProcess::kill);
    }

    @Test
    void startsAllAtTheSameTime() {
        // Each is ready only when the other one runs too.
        var first = new Sleeper("first", waitingFor("second"), List.of());
        var second = new Sleeper("second", waitingFor("first"), List.of());

        wave.start(List.of(first, second));

        assertThat(said).hasSize(2).allMatch(sentence -> sentence.contains(" is ready after "));
    }

    @Test
    void leavesThoseAloneThatRun() {
        var sleeper = Sleeper.named("sleeper");
        wave.start(List.of(sleeper));
        var before = pidOf("sleeper");

        wave.start(List.of(sleeper, Sleeper.named("another")));

        assertThat(pidOf("sleeper")).isEqualTo(before);
        assertThat(MemberProcess.of(cluster, "another").isRunning()).isTrue();
    }

    @Test
    void startsAgainWhoHasDied() {
        var sleeper = Sleeper.named("sleeper");
        wave.start(List.of(sleeper));
        var before = pidOf("sleeper");
        MemberProcess.of(cluster, "sleeper").kill();

        wave.start(List.of(sleeper));

        assertThat(pidOf("sleeper")).isNotEqualTo(before);
    }

    @Test
    void namesTheLogOfTheOneThatEnds() {
        var failing = new Sleeper("failing", "echo this is why; exit 3", List.of());

        assertThatThrownBy(() -> wave.start(List.of(Sleeper.named("sleeper"), failing)))
                .isInstanceOf(InfrastructureException.class)
                .hasMessageStartingWith("failing ended before it was ready. ")
                .hasMessageContaining(cluster.resolve("failing/failing.log").toString())
                .hasMessageContaining("this is why");
    }

    @Test
    void givesUpOnTheOneThatTakesTooLong() {
        var impatient = new Wave(cluster, said::add, Duration.ofMillis(200));

        assertThatThrownBy(() -> impatient.start(List.of(Sleeper.saying("slow", "wait"))))
                .hasMessageStartingWith("slow was not ready after 0 s. ");
        assertThat(MemberProcess.of(cluster, "slow").isRunning()).isTrue();
    }

    @Test
    void startsNobodyOnAPortOfSomebodyElse() throws IOException {
        try (var somebody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var member = new Sleeper("late", "echo ready", List.of(somebody.getLocalPort()));

            assertThatThrownBy(() -> wave.start(List.of(member)))
                    .isInstanceOfSatisfying(
                            InfrastructureException.class,
                            failure -> assertThat(failure.code()).isEqualTo(Code.NO_FREE_PORT))
                    .hasMessage("Port %d of late is taken by another process.".formatted(somebody.getLocalPort()));
        }
    }

    private long pidOf(String name) {
        return MemberProcess.of(cluster, name).handle().orElseThrow().pid();
    }

    private static String waitingFor(String other) {
        return "while [ ! -e ../%1$s/%1$s.pid ]; do sleep 0.02; done; echo ready; while :; do sleep 0.05; done"
                .formatted(other);
    }
}
