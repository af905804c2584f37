package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks JVMs by the JDK's own tool. Blocks. */
public final class Jcmd {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    /** Returns the bytes of all objects that a JVM needs; it collects all others before. */
    public static long liveBytes(long pid) {
        return total(run(pid, "GC.class_histogram"));
    }

    static long total(String histogram) {
        var row = TOTAL.matcher(histogram);
        if (!row.find()) {
            throw new MeasurementException("There is no total in:\n" + histogram);
        }
        return Long.parseLong(row.group(1));
    }

    /**
     * Runs a command of jcmd and returns what it says.
     *
     * @throws MeasurementException if it fails
     */
    public static String run(long pid, String... command) {
        var tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        return Command.run(Stream.concat(Stream.of(tool, Long.toString(pid)), Stream.of(command))
                .toList());
    }

    private Jcmd() {}
}
