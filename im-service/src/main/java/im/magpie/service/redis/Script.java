package im.magpie.service.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A Lua script of {@code resources/lua}, which documents its keys, arguments and reply there.
 *
 * @param name the file's name without its ending
 * @param source what Redis runs
 * @param sha the SHA-1 by which Redis caches it
 */
public record Script(String name, String source, String sha) {

    private static final String PRELUDE = "prelude";

    /**
     * Loads a script of a partition: the prelude in front of it compares the partition's epoch and ends a stale call.
     *
     * @param parts files that come before the script's own and are shared with others; the last one is the script's own
     */
    public static Script ofPartition(String... parts) {
        var source = new StringBuilder(read(PRELUDE));
        for (var part : parts) {
            source.append(read(part));
        }
        return named(parts[parts.length - 1], source.toString());
    }

    /** Loads a script that stands for itself. */
    public static Script plain(String name) {
        return named(name, read(name));
    }

    private static Script named(String name, String source) {
        try {
            var digest = MessageDigest.getInstance("SHA-1").digest(source.getBytes(StandardCharsets.UTF_8));
            return new Script(name, source, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String read(String name) {
        var path = "/lua/" + name + ".lua";
        try (var resource = Script.class.getResourceAsStream(path)) {
            if (resource == null) {
                throw new IllegalArgumentException("no script " + path);
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
