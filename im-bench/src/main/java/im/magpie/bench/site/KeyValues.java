package im.magpie.bench.site;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** A file of {@code name=value} lines. */
record KeyValues(Path file, Properties values) {

    /** @throws MeasurementException if it can't be read */
    static KeyValues read(Path file) {
        var values = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            values.load(reader);
        } catch (IOException e) {
            throw new MeasurementException("Cannot read " + file + ": " + e);
        }
        return new KeyValues(file, values);
    }

    /** @throws MeasurementException if there is no such name */
    String value(String name) {
        var value = values.getProperty(name);
        if (value == null) {
            throw new MeasurementException("There is no " + name + " in " + file);
        }
        return value;
    }
}
