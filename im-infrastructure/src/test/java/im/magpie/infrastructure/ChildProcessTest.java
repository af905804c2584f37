package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String FOREVER = "; while :; do sleep 0.05; done";

    @TempDir
    Path folder;

    @Test
    void hasTheProcessIdOfTheServerItself() throws Exception {
        var child = start("echo $$ ready" + FOREVER);

        child.awaitOutput("ready", PATIENCE);

        assertThat(folder.resolve("server.log")).hasContent(child.pid() + " ready");
        child.kill();
    }

    @Test
    void tellsWhyItEndedEarly() {
        var child = start("echo reading configuration; echo port is taken >&2; exit 3");

        assertThatThrownBy(() -> child.awaitOutput("ready", PATIENCE))
                .isInstanceOfSatisfying(
                        InfrastructureException.class, e -> assertThat(e.code()).isEqualTo(Code.SERVER_FAILED))
                .hasMessageContaining("server ended at once, with status 3")
                .hasMessageContaining("port is taken");
    }

    @Test
    void endsWhatDoesNotBecomeReady() {
        var child = start("echo still trying" + FOREVER);

        assertThatThrownBy(() -> child.awaitOutput("ready", Duration.ofMillis(200)))
                .hasMessageContaining("was not ready")
                .hasMessageContaining("still trying");
        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void asksBeforeItKills() {
        var child = start("trap 'echo stopped cleanly; exit 0' TERM; echo ready" + FOREVER);
        child.awaitOutput("ready", PATIENCE);

        child.stop(PATIENCE);

        assertThat(child.isAlive()).isFalse();
        assertThat(folder.resolve("server.log")).content().contains("stopped cleanly");
    }

    @Test
    void killsWhatDoesNotListen() {
        var child = start("trap '' TERM; echo ready" + FOREVER);
        child.awaitOutput("ready", PATIENCE);

        child.stop(Duration.ofMillis(200));

        assertThat(child.isAlive()).isFalse();
    }

    @Test
    void keepsTheLogOfTheLifeBefore() throws Exception {
        start("echo first life").kill();
        Files.writeString(folder.resolve("server.log"), "first life");

        start("echo second life").kill();

        assertThat(folder.resolve("server.log.1")).hasContent("first life");
    }

    @Test
    void namesACommandThatDoesNotExist() {
        var child = ChildProcess.start("server", folder, List.of("/no/such/program"));

        assertThatThrownBy(() -> child.awaitOutput("ready", PATIENCE)).hasMessageContaining("/no/such/program");
    }

    private ChildProcess start(String script) {
        return ChildProcess.start("server", folder, List.of("sh", "-c", script));
    }
}
