package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** Unpacks programs that travel as class path resources. */
final class ServerPrograms {

    /**
     * Returns a folder that holds these files, unpacked by the first who asks: now, in an earlier life, or in another process that shares
     * the parent.
     *
     * @param name of the folder in its parent; tells the version
     * @param root the resource folder that the files' paths are relative to
     * @throws InfrastructureException if they are not on the class path, or cannot be written
     */
    static Path unpack(Path parent, String name, String root, List<String> files) {
        try {
            return PrivateFiles.createOnce(parent, name, unpacking -> {
                for (var file : files) {
                    copy(root + "/" + file, unpacking.resolve(file));
                }
            });
        } catch (IOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "Cannot unpack the server programs to " + parent + ": " + e, e);
        }
    }

    private static void copy(String resource, Path target) throws IOException {
        try (var content = ServerPrograms.class.getResourceAsStream(resource)) {
            if (content == null) {
                throw new InfrastructureException(
                        Code.PLATFORM_UNSUPPORTED, "The server program " + resource + " is not on the class path.");
            }
            Files.createDirectories(target.getParent());
            Files.copy(content, target);
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwx------"));
        }
    }

    static void requireSupportedPlatform() {
        var platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!platform.equals("Linux amd64")) {
            throw new InfrastructureException(
                    Code.PLATFORM_UNSUPPORTED,
                    "The embedded servers run on Linux on x86-64, and this is " + platform
                            + ": run the cluster topology instead.");
        }
    }

    private ServerPrograms() {}
}
