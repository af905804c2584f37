package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    Path parent;

    @Test
    void isRefusedToAnotherJvm() throws Exception {
        try (var data = Shared.open(parent.resolve("data"));
                var other = OtherJvm.holding(data.path(), parent)) {
            other.awaitEnd();

            assertThat(other.output())
                    .contains("Process " + ProcessHandle.current().pid() + " already uses the data directory "
                            + data.path());
        }
    }

    @Test
    void isRefusedASecondTimeInTheSameJvmAndStaysLocked() throws Exception {
        try (var data = Shared.open(parent.resolve("data"))) {
            assertThatThrownBy(() -> Shared.open(data.path()))
                    .isInstanceOfSatisfying(
                            InfrastructureException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.DATA_DIRECTORY_IN_USE))
                    .hasMessageContaining("This process already uses");

            try (var other = OtherJvm.holding(data.path(), parent)) {
                other.awaitEnd();

                assertThat(other.output()).contains("already uses the data directory");
            }
        }
    }

    @Test
    void canBeOpenedAgainAfterItWasClosed() {
        Shared.open(parent.resolve("data")).close();

        Shared.open(parent.resolve("data")).close();
    }

    @Test
    void keepsItsSecretsAndTellsThemApart() {
        String secret;
        try (var data = Shared.open(parent.resolve("data"))) {
            secret = data.secret("redis");
        }
        try (var data = Shared.open(parent.resolve("data"))) {
            assertThat(data.secret("redis")).isEqualTo(secret).matches("[A-Za-z0-9_-]{32}");
            assertThat(data.secret("broker")).isNotEqualTo(secret);
        }
    }

    @Test
    void canBeginWithNothing() throws Exception {
        String secret;
        try (var data = Shared.open(parent.resolve("data"))) {
            secret = data.secret("redis");
            Files.writeString(data.folder("redis").resolve("appendonly.aof"), "old");
        }
        try (var data = Shared.openEmpty(parent.resolve("data"))) {
            assertThat(data.path()).isDirectoryNotContaining("glob:**redis");
            assertThat(data.secret("redis")).isNotEqualTo(secret);
        }
    }

    @Test
    void isNotEmptiedWhileSomebodyUsesIt() {
        try (var data = Shared.open(parent.resolve("data"))) {
            var secret = data.secret("redis");

            assertThatThrownBy(() -> Shared.openEmpty(data.path())).hasMessageContaining("already uses");

            assertThat(data.path().resolve("secrets")).content().contains(secret);
        }
    }

    @Test
    void endsWhatWorksInItBeforeItIsEmptied() throws Exception {
        Process survivor;
        try (var data = Shared.open(parent.resolve("data"))) {
            var folder = data.folder("server");
            survivor = new ProcessBuilder("sh", "-c", "read -r _", folder + "/").start();
            new PidFile(folder, "server.pid").record(survivor.pid());
        }
        Shared.openEmpty(parent.resolve("data")).close();

        assertThat(survivor.isAlive()).isFalse();
    }

    @Test
    void letsOnlyItsOwnerReadIt() throws Exception {
        try (var data = Shared.open(parent.resolve("data"))) {
            data.secret("redis");
            data.folder("redis");

            assertThat(permissions(data.path())).isEqualTo("rwx------");
            assertThat(permissions(data.path().resolve("redis"))).isEqualTo("rwx------");
            assertThat(permissions(data.path().resolve("secrets"))).isEqualTo("rw-------");
        }
    }

    @Test
    void saysHowMuchSpaceIsMissing() {
        assertThatThrownBy(() -> DataDirectory.requireSpace(parent, Long.MAX_VALUE))
                .isInstanceOfSatisfying(
                        InfrastructureException.class, e -> assertThat(e.code()).isEqualTo(Code.DISK_FULL))
                .hasMessageMatching("Only \\d+ MB are free on the disk of .*, and Magpie needs \\d+ MB to start: .*");
    }

    @Test
    void saysWhyItCannotBeUsed() throws Exception {
        var file = Files.createFile(parent.resolve("file"));

        assertThatThrownBy(() -> Shared.open(file.resolve("data")))
                .isInstanceOfSatisfying(
                        InfrastructureException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.DATA_DIRECTORY_UNUSABLE))
                .hasMessageContaining("cannot be used");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
