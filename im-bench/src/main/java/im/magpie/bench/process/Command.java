package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that is run to its end. */
final class Command {

    /**
     * Returns what it says.
     *
     * @throws MeasurementException if it can't be run, or fails
     */
    static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new MeasurementException("%s: %s".formatted(String.join(" ", command), text));
            }
            return text;
        } catch (IOException e) {
            throw new MeasurementException("Cannot run %s: %s".formatted(command.getFirst(), e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted");
        }
    }

    private Command() {}
}
