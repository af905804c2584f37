package im.magpie.e2e.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** The examples of PROTOCOL.md, to be done as they are written there. */
final class ProtocolPage {

    private static final Path PAGE = Path.of("..", "im-codec", "PROTOCOL.md");

    /** Returns the code blocks below a heading. */
    static List<String> examples(String heading) {
        try {
            var page = Files.readString(PAGE);
            var section = page.substring(page.indexOf(heading)).split("\n### ", 2)[0];
            // What lies between two fences is a block or the text between two blocks; a block begins with its language.
            var parts = section.split("\n```", -1);
            return IntStream.range(0, parts.length / 2)
                    .mapToObj(i -> parts[2 * i + 1])
                    .map(block -> block.substring(block.indexOf('\n') + 1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the bytes that a block of hexadecimal numbers shows, without its comments. */
    static byte[] bytes(String block) {
        var hex = new StringBuilder();
        block.lines().map(line -> line.split("#", 2)[0]).forEach(hex::append);
        return HexFormat.of().parseHex(hex.toString().replace(" ", ""));
    }

    /** Returns what a shell script would pipe into {@code nc}. */
    static byte[] sentBy(String script, String userSig) {
        var sender = script.substring(0, script.indexOf("; sleep 1)")) + ")";
        try {
            var shell = new ProcessBuilder("sh", "-c", sender);
            shell.environment().put("SIG", userSig);
            var process = shell.redirectError(ProcessBuilder.Redirect.INHERIT).start();
            return process.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProtocolPage() {}
}
