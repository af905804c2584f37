package im.magpie.cluster.run;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code addresses} in the cluster's folder: where everything listens, as {@code name=value} lines that a shell can read, with the names that
 * standalone uses too. It is there from when the cluster is ready until it is stopped. Secrets are not in it.
 */
final class AddressFile {

    private final Path file;

    AddressFile(Path cluster) {
        this.file = cluster.resolve("addresses");
    }

    void write(Map<String, String> addresses) {
        var text = addresses.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
        try {
            PrivateFiles.write(file, text);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private InfrastructureException unusable(IOException e) {
        return new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot write " + file + ": " + e, e);
    }
}
