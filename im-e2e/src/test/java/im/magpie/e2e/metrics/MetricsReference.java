package im.magpie.e2e.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Holds docs/metrics.md against what a system shows, or writes it where {@code -Dmagpie.write-documents=true} asks for that. */
public final class MetricsReference {

    private static final Path DOCUMENT = Path.of("..", "docs", "metrics.md");

    /** Compares; every family has to be described, and every description to have its family. */
    public static void check(MetricsPage page) throws IOException {
        var written = Files.readString(DOCUMENT);
        var current = MetricsDocument.withTable(written, page);
        if (Boolean.getBoolean("magpie.write-documents")) {
            Files.writeString(DOCUMENT, current);
        } else {
            assertThat(written)
                    .as("docs/metrics.md is not what the system shows")
                    .isEqualTo(current);
        }
    }

    private MetricsReference() {}
}
