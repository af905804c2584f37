package im.magpie.cluster.run;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.cluster.member.Launch;
import im.magpie.infrastructure.PidFile.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemberProcessTest {

    private static final int SESSION = 3;

    @TempDir
    Path parent;

    private Path cluster;
    private MemberProcess process;

    @BeforeEach
    void createProcess() throws IOException {
        cluster = parent.toRealPath();
        process = MemberProcess.of(cluster, "sleeper");
    }

    @AfterEach
    void endProcesses() {
        MemberProcess.allRunning(cluster).forEach(MemberProcess::kill);
    }

    @Test
    void hasASessionOfItsOwn() throws IOException {
        startAndWait(Sleeper.named("sleeper"));

        var pid = process.handle().orElseThrow().pid();
        var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        assertThat(fields[SESSION]).isEqualTo(Long.toString(pid));
    }

    @Test
    void isFoundAgainByWhoeverComesLater() throws IOException {
        start(Sleeper.named("sleeper"));

        assertThat(MemberProcess.of(cluster, "sleeper").handle()).isEqualTo(process.handle());
        assertThat(MemberProcess.allRunning(cluster))
                .extracting(MemberProcess::name)
                .containsExactly("sleeper");
    }

    @Test
    void isNotTakenForAProcessThatGotItsIdLater() throws IOException {
        start(Sleeper.named("sleeper"));
        var pid = process.handle().orElseThrow().pid();
        var file = process.folder().resolve("sleeper.pid");
        var recorded = Files.readString(file);

        Files.writeString(file, pid + " 12345\n");
        assertThat(process.isRunning()).isFalse();
        assertThat(process.kill()).isFalse();

        Files.writeString(file, recorded);
        assertThat(process.isRunning()).isTrue();
    }

    @Test
    void knowsItsFolderOnly() throws IOException {
        start(Sleeper.named("sleeper"));
        var other = MemberProcess.of(cluster, "other");
        other.createFolder();

        Files.copy(process.folder().resolve("sleeper.pid"), other.folder().resolve("other.pid"));

        assertThat(other.isRunning()).isFalse();
    }

    @Test
    void endsWhenItIsAsked() throws IOException {
        start(Sleeper.named("sleeper"));

        assertThat(process.stop()).isEqualTo(Ending.IN_PEACE);
        assertThat(process.isRunning()).isFalse();
        assertThat(process.stop()).isEqualTo(Ending.NOT_RUNNING);
    }

    @Test
    void hearsNothingOfOurSurroundingsButWhatItNeeds() throws IOException {
        var member = new Sleeper("sleeper", "env; echo ready; while :; do sleep 0.05; done", List.of());
        startAndWait(member);

        var environment = Files.readAllLines(process.log().file());

        assertThat(environment).contains("TOLD=something");
        assertThat(environment).noneMatch(line -> line.startsWith("HOME="));
    }

    @Test
    void keepsWhatItWroteInItsLifeBefore() throws IOException {
        process.createFolder();
        process.start(new Launch(List.of("true", process.folder() + "/"), Map.of()));
        Files.writeString(process.log().file(), "first life\n");

        process.start(new Launch(List.of("true", process.folder() + "/"), Map.of()));

        assertThat(process.folder().resolve("sleeper.log.1")).hasContent("first life\n");
    }

    private void startAndWait(Sleeper sleeper) {
        new Wave(cluster, _ -> {}, Duration.ofSeconds(30)).start(List.of(sleeper));
    }

    private void start(Sleeper sleeper) throws IOException {
        process.start(sleeper.prepare(process.createFolder()));
    }
}
