package im.magpie.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With real processes: shells that do nothing, or count. */
class ServersTest {

    private static final String COUNTING = "i=0; while :; do i=$((i + 1)); done";

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(process -> process.descendants().forEach(ProcessHandle::destroyForcibly));
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void countsWhatEveryRoleSpends() throws Exception {
        var servers = new Servers(Map.of(
                "im-service-1", run(COUNTING).pid(),
                "im-service-2", run(COUNTING).pid(),
                "im-tcp-1", run("sleep 600 & wait").pid()));
        var before = servers.cpu();
        var begin = System.nanoTime();
        await(() -> servers.cpu().since(before).total() >= 200_000_000);
        var spent = servers.cpu().since(before);

        assertThat(spent.nanos()).containsOnlyKeys("im-service", "im-tcp");
        assertThat(spent.nanos().get("im-tcp")).isLessThan(100_000_000);
        assertThat(spent.total()).isLessThanOrEqualTo(2 * (System.nanoTime() - begin) + 100_000_000);
        assertThat(servers.peakMemory()).containsOnlyKeys("im-service-1", "im-service-2", "im-tcp-1");
        assertThat(servers.membersOf("im-service")).containsOnlyKeys("im-service-1", "im-service-2");
    }

    @Test
    void aServerThatAMemberHasStartedIsOneOfItsOwn() throws Exception {
        var redis = program("redis-server-9.9-linux");
        var servers = new Servers(Map.of(
                "im-standalone",
                run("'%s' 600 & sleep 600 & wait".formatted(redis)).pid()));
        await(() -> servers.processes().containsKey("redis") && servers.pids().size() == 3);

        assertThat(servers.processes()).containsOnlyKeys("im-standalone", "redis");
        assertThat(servers.processes().get("im-standalone")).hasSize(2);
        assertThat(servers.residentMemory().get("redis")).isPositive();
    }

    @Test
    void whoEndsIsMissed() throws Exception {
        var process = run("exit 0");
        process.waitFor();

        assertThatThrownBy(new Servers(Map.of("redis", process.pid()))::cpu)
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("redis");
        assertThatThrownBy(() -> new Servers(Map.of())).isInstanceOf(MeasurementException.class);
    }

    @Test
    void pinningIsUndone() throws Exception {
        var process = run("sleep 600 & wait");
        var servers = new Servers(Map.of("redis", process.pid()));
        var before = allowed(process);
        try (var _ = Pinning.of(servers)) {
            assertThat(allowed(process)).isEqualTo("0");
            assertThat(allowed(ProcessHandle.current().pid())).isEqualTo("1");
        }

        assertThat(allowed(process)).isEqualTo(before);
    }

    private Process run(String script) throws IOException {
        var process = new ProcessBuilder("sh", "-c", script).start();
        started.add(process);
        return process;
    }

    /** A copy of a program that sleeps. */
    private Path program(String name) throws IOException {
        var copy = folder.resolve(name);
        Files.copy(Path.of("/bin/sleep").toRealPath(), copy);
        assertThat(copy.toFile().setExecutable(true)).isTrue();
        return copy;
    }

    private static String allowed(Process process) throws IOException {
        return allowed(process.pid());
    }

    private static String allowed(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("Cpus_allowed_list:"))
                .map(line -> line.split("\\s+", 2)[1])
                .findAny()
                .orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        var deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
