package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A small private file of {@code name=value} lines that remembers what was chosen once. Safe for use by several threads of one JVM. */
public final class KeyValueFile {

    private final Path file;
    private final TreeMap<String, String> values = new TreeMap<>();

    /**
     * Reads the file if there is one.
     *
     * @throws InfrastructureException if it cannot be read
     */
    public KeyValueFile(Path file) {
        this.file = file;
        var properties = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException e) {
                throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot read " + file + ": " + e, e);
            }
        }
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
    }

    public synchronized @Nullable String get(String name) {
        return values.get(name);
    }

    synchronized Collection<String> values() {
        return List.copyOf(values.values());
    }

    /** Returns the remembered value, or remembers and returns the one that is created now. */
    public synchronized String getOrCreate(String name, Supplier<String> creator) {
        var known = values.get(name);
        if (known != null) {
            return known;
        }
        var created = creator.get();
        put(name, created);
        return created;
    }

    /**
     * Remembers a value from now on.
     *
     * @throws InfrastructureException if the file cannot be written
     */
    public synchronized void put(String name, String value) {
        values.put(name, value);
        var text = values.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            PrivateFiles.write(file, text);
        } catch (IOException e) {
            throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot write " + file + ": " + e, e);
        }
    }
}
