package im.magpie.codec.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** PROTOCOL.md as its tests read it: its headings, the tables below them, its examples. */
final class ProtocolDocument {

    private static final String FENCE = "```";

    private final List<String> lines;

    ProtocolDocument() {
        try {
            // Tests run in their module's folder.
            lines = Files.readAllLines(Path.of("PROTOCOL.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the headings of a level, without their marks. */
    List<String> headings(int level) {
        var mark = "#".repeat(level) + " ";
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .toList();
    }

    /** Returns the rows below a heading whose first cell is a number, each as its cells. */
    List<List<String>> numberedRows(String heading) {
        return lines(heading)
                .filter(line -> line.matches("\\| \\d+ \\|.*"))
                .map(line -> Stream.of(line.substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    /** Returns the fenced examples below a heading. */
    List<String> examples(String heading) {
        var examples = new ArrayList<String>();
        var example = new StringBuilder();
        var inside = false;
        for (var line : lines(heading).toList()) {
            if (!line.startsWith(FENCE)) {
                example.append(inside ? line + "\n" : "");
                continue;
            }
            if (inside) {
                examples.add(example.toString());
                example.setLength(0);
            }
            inside = !inside;
        }
        return examples;
    }

    /** Returns the lines from a heading to the next one. */
    Stream<String> lines(String heading) {
        var start = lines.stream()
                .filter(line -> line.matches("#+ \\Q" + heading + "\\E"))
                .findFirst();
        var first = lines.indexOf(start.orElseThrow(() -> new AssertionError("no heading " + heading)));
        return lines.stream().skip(first + 1L).takeWhile(line -> !line.matches("#+ .*"));
    }
}
