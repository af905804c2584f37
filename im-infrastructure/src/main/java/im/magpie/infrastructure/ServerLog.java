package im.magpie.infrastructure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What one life of a server wrote. */
public record ServerLog(Path file) {

    private static final int LAST_LINES = 12;
    private static final int LAST_BYTES = 16_384;

    /** Begins the log of a new life; that of the life before is kept beside it. */
    public static ServerLog begin(Path folder, String name) throws IOException {
        var file = folder.resolve(name + ".log");
        if (Files.exists(file)) {
            Files.move(file, folder.resolve(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return new ServerLog(file);
    }

    /** Says whether the server has written this text, on one line. */
    public boolean contains(String text) {
        // Line by line, for a log may be larger than a small JVM.
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.anyMatch(line -> line.contains(text));
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    /** Returns the last lines, introduced by the file's name, for an error message. */
    public String end() {
        var lines = lastBytes().lines().toList();
        var last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
        return "The end of its log " + file + ":\n  " + String.join("\n  ", last);
    }

    private String lastBytes() {
        try (var content = Files.newByteChannel(file)) {
            content.position(Math.max(0, content.size() - LAST_BYTES));
            return new String(Channels.newInputStream(content).readNBytes(LAST_BYTES), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "(unreadable: " + e + ")";
        }
    }
}
