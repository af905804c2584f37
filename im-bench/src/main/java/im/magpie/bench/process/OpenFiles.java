package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** How many files a process has open, and may have: a connection is one. */
public final class OpenFiles {

    private static final Pattern LIMIT = Pattern.compile("^Max open files\\s+(\\d+|unlimited)", Pattern.MULTILINE);

    /** What a process has open besides its connections. */
    private static final int OTHERS = 500;

    /** Returns how many files it has open. */
    public static int of(long pid) {
        try (var files = Files.list(folder(pid).resolve("fd"))) {
            return (int) files.count();
        } catch (IOException e) {
            throw new MeasurementException("The open files of process %d can't be counted: %s".formatted(pid, e));
        }
    }

    /**
     * Lets pass a process that may have so many connections.
     *
     * @throws MeasurementException saying what to do for one that may not
     */
    public static void require(String who, long pid, int connections) {
        try {
            var limit = limit(Files.readString(folder(pid).resolve("limits")));
            if (limit < connections + OTHERS) {
                throw new MeasurementException(
                        "%,d connections take %,d open files, and %s may open %,d (\"ulimit -n\"). Start it with more, or measure fewer connections."
                                .formatted(connections, connections + OTHERS, who, limit));
            }
        } catch (IOException e) {
            throw new MeasurementException("The limits of process %d can't be read: %s".formatted(pid, e));
        }
    }

    static long limit(String limits) {
        var row = LIMIT.matcher(limits);
        if (!row.find()) {
            throw new MeasurementException("There is no limit of open files in:\n" + limits);
        }
        return row.group(1).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(row.group(1));
    }

    private static Path folder(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private OpenFiles() {}
}
