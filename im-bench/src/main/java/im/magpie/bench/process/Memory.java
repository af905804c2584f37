package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a process holds of the machine's memory, in bytes.
 *
 * @param resident now
 * @param peak the most that it ever held
 */
public record Memory(long resident, long peak) {

    private static final Pattern ROW = Pattern.compile("^(VmRSS|VmHWM):\\s+(\\d+) kB$", Pattern.MULTILINE);
    private static final int KIB = 1_024;

    /** @throws MeasurementException if there is no such process */
    public static Memory of(long pid) {
        try {
            return parse(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
        } catch (IOException e) {
            throw new MeasurementException("Process %d has ended: %s".formatted(pid, e));
        }
    }

    static Memory parse(String status) {
        var resident = 0L;
        var peak = 0L;
        for (var row : ROW.matcher(status).results().toList()) {
            var bytes = Long.parseLong(row.group(2)) * KIB;
            if (row.group(1).equals("VmRSS")) {
                resident = bytes;
            } else {
                peak = bytes;
            }
        }
        return new Memory(resident, peak);
    }
}
