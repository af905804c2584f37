package im.magpie.e2e.guarantee;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.check.Checker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every promise names tests, and every test that is named is there. */
class GuaranteesPageTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final Path PAGE = DOCS.resolve("guarantees.md");
    private static final String NOT_PROMISED = "## What is not promised";
    private static final Pattern TEST = Pattern.compile("\\[(\\w+)(?:\\.(\\w+))?\\]\\(([^)]+\\.java)\\)");

    private List<String> lines = List.of();

    @BeforeEach
    void read() throws IOException {
        lines = Files.readAllLines(PAGE);
    }

    private record Named(String type, String method, Path file) {}

    @Test
    void everyPromiseNamesATest() {
        var promises = lines.stream()
                .takeWhile(line -> !line.equals(NOT_PROMISED))
                .filter(line -> line.startsWith("- "))
                .toList();

        assertThat(promises).hasSizeGreaterThan(20).allMatch(line -> line.contains(". → [") || line.contains("). → ["));
        assertThat(promises).allSatisfy(line -> assertThat(named(line)).isNotEmpty());
    }

    @Test
    void everyTestThatIsNamedIsThere() {
        assertThat(lines.stream().flatMap(GuaranteesPageTest::named)).allSatisfy(test -> {
            assertThat(test.file()).exists().hasFileName(test.type() + ".java");
            if (!test.method().isEmpty()) {
                assertThat(test.file()).content().contains("void " + test.method() + "(");
            }
        });
    }

    @Test
    void everyRuleOfTheCheckerIsBehindAPromise() {
        var rules = Checker.RULES.stream()
                .map(rule -> rule.getClass().getSimpleName())
                // Which is a promise of whoever made the history.
                .filter(rule -> !rule.equals("Complete"));

        assertThat(lines.stream().flatMap(GuaranteesPageTest::named).map(Named::type))
                .containsAll(rules.toList());
    }

    private static Stream<Named> named(String line) {
        return TEST.matcher(line)
                .results()
                .map(test -> new Named(
                        test.group(1),
                        test.group(2) == null ? "" : test.group(2),
                        DOCS.resolve(test.group(3)).normalize()));
    }
}
