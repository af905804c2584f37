package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProgramsTest {

    private static final String RESOURCES = "/im/magpie/infrastructure";

    @TempDir
    Path parent;

    @Test
    void unpacksWhatCanBeExecuted() {
        var folder = ServerPrograms.unpack(parent, "program-1", RESOURCES, List.of("broker.json"));

        assertThat(folder.resolve("broker.json")).isExecutable().isNotEmptyFile();
        assertThat(parent).isDirectoryNotContaining("glob:**unpacking*");
    }

    @Test
    void leavesAnUnpackedProgramAsItIs() throws Exception {
        var folder = ServerPrograms.unpack(parent, "program-1", RESOURCES, List.of("broker.json"));
        Files.writeString(folder.resolve("broker.json"), "in use");

        ServerPrograms.unpack(parent, "program-1", RESOURCES, List.of("broker.json"));

        assertThat(folder.resolve("broker.json")).hasContent("in use");
    }

    @Test
    void leavesNothingHalfDone() {
        assertThatThrownBy(() -> ServerPrograms.unpack(
                        parent, "program-1", RESOURCES, List.of("broker.json", "bin/no-such-server")))
                .isInstanceOfSatisfying(
                        InfrastructureException.class, e -> assertThat(e.code()).isEqualTo(Code.PLATFORM_UNSUPPORTED))
                .hasMessageContaining("bin/no-such-server");

        assertThat(parent).isEmptyDirectory();
    }
}
