import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Formats every Java source below a folder ({@code apply}), or names those that are not formatted ({@code check}).
 *
 * <p>A program of its own, because the formatter reads Java with the javac it runs on: inside a Maven on JDK 17 it would
 * stumble over record patterns and unnamed variables.
 */
public final class Format {
    public static void main(String[] arguments) throws IOException {
        var apply = arguments[0].equals("apply");
        var root = Path.of(arguments[1]);
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .build());
        var faults = new ArrayList<String>();
        for (var source : sourcesBelow(root)) {
            var name = root.relativize(source);
            try {
                var text = Files.readString(source);
                var formatted = formatter.formatSourceAndFixImports(text);
                if (formatted.equals(text)) {
                    continue;
                }
                if (apply) {
                    Files.writeString(source, formatted);
                    IO.println("formatted " + name);
                } else {
                    faults.add(name + " is not formatted");
                }
            } catch (FormatterException e) {
                faults.add(name + ": " + e.getMessage());
            }
        }
        if (!faults.isEmpty()) {
            faults.forEach(System.err::println);
            System.err.println("To format: mvn -N validate -Pformat");
            System.exit(1);
        }
    }

    private static List<Path> sourcesBelow(Path root) throws IOException {
        var notOurs = Set.of("target", ".git", "node_modules", "data");
        var sources = new ArrayList<Path>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return notOurs.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".java")) {
                    sources.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return sources;
    }
}
