package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import im.magpie.infrastructure.PidFile.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PidFileTest {

    private static final Duration PATIENCE = Duration.ofMillis(300);
    private static final String STUBBORN = "trap '' TERM; echo up; while :; do sleep 0.05; done";

    @TempDir
    Path parent;

    private Path folder;
    private PidFile file;
    private final List<Process> started = new ArrayList<>();

    @BeforeEach
    void createFolder() throws IOException {
        folder = Files.createDirectory(parent.toRealPath().resolve("mariadb"));
        file = new PidFile(folder, "server.pid");
    }

    @AfterEach
    void endProcesses() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void endsASurvivorEvenIfItDoesNotListen() throws Exception {
        var process = startWorkingIn(folder.resolve("data"));
        file.record(process.pid());

        file.endSurvivor(PATIENCE);

        assertThat(process.onExit().join().isAlive()).isFalse();
    }

    @Test
    void saysHowTheProcessCameToItsEnd() throws Exception {
        file.record(startWorkingIn(folder.resolve("data")).pid());

        assertThat(file.end(PATIENCE)).isEqualTo(Ending.KILLED);
        assertThat(file.end(PATIENCE)).isEqualTo(Ending.NOT_RUNNING);
    }

    @Test
    void killsWithoutAsking() throws Exception {
        file.record(startWorkingIn(folder.resolve("data")).pid());

        assertThat(file.kill()).isTrue();
        assertThat(file.process()).isEmpty();
        assertThat(file.kill()).isFalse();
    }

    @Test
    void leavesAProcessAloneThatGotTheIdLater() throws Exception {
        var process = startWorkingIn(folder.resolve("data"));
        Files.writeString(folder.resolve("server.pid"), process.pid() + " 12345\n");

        file.endSurvivor(PATIENCE);

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void leavesAProcessAloneThatWorksElsewhere() throws Exception {
        var process = startWorkingIn(parent.resolve("mariadb-of-somebody-else"));
        file.record(process.pid());

        file.endSurvivor(PATIENCE);

        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void findsNobodyWhenTheProcessIsGone() throws Exception {
        var process = startWorkingIn(folder.resolve("data"));
        file.record(process.pid());
        process.destroyForcibly().onExit().join();

        assertThat(file.process()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "server", "-1 1", "1 2 3"})
    void findsNobodyInAGarbledFile(String text) throws Exception {
        Files.writeString(folder.resolve("server.pid"), text);

        assertThatCode(() -> file.endSurvivor(PATIENCE)).doesNotThrowAnyException();
    }

    @Test
    void findsNobodyWithoutAFile() {
        assertThat(file.process()).isEmpty();
    }

    private Process startWorkingIn(Path data) throws IOException {
        var process = new ProcessBuilder("sh", "-c", STUBBORN, "--datadir=" + data).start();
        assertThat(process.inputReader().readLine()).isEqualTo("up");
        started.add(process);
        return process;
    }
}
