package im.magpie.standalone.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page is written by this test: {@code -Dmagpie.write-documents=true}. */
class ConfigurationPageTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void everySettingSaysWhatItMeans() {
        assertThat(Settings.all())
                .hasSizeGreaterThan(80)
                .allSatisfy(setting ->
                        assertThat(setting.description()).as(setting.name()).isNotBlank());
    }

    @Test
    void thePageIsThatOfTheSettings() throws IOException {
        var page = ConfigurationPage.render(Settings.all());
        if (Boolean.getBoolean("magpie.write-documents")) {
            Files.writeString(PAGE, page);
        }

        assertThat(PAGE)
                .as("mvn test -pl im-standalone -am -Dmagpie.write-documents=true writes it anew")
                .hasContent(page);
    }
}
