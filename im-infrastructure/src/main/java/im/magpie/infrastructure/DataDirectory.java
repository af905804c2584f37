package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The folder that holds everything a standalone Magpie keeps. At most one process uses it at a time.
 *
 * <p>What lies in it: {@code lock}; {@code secrets} and {@code ports}, chosen once; {@code programs}, the unpacked servers; and a folder
 * for each server. Only its owner may read it. Deleting it all is a fresh start. Safe for use by several threads.
 */
public final class DataDirectory implements AutoCloseable {

    private static final long MEBIBYTE = 1 << 20;
    private static final long SPACE_FOR_WORK = 512 * MEBIBYTE;
    private static final long SPACE_FOR_PROGRAMS = 512 * MEBIBYTE;
    private static final Duration SURVIVOR_PATIENCE = Duration.ofSeconds(10);

    private final Path path;
    private final Path programs;
    private final DirectoryLock lock;
    private final Secrets secrets;
    private final FreePorts ports;

    private DataDirectory(Path path, Path programs, DirectoryLock lock) {
        this.path = path;
        this.programs = programs;
        this.lock = lock;
        this.secrets = new Secrets(new KeyValueFile(path.resolve("secrets")));
        this.ports = new FreePorts(new KeyValueFile(path.resolve("ports")));
    }

    /**
     * Creates the folder if it is missing and takes it for this process.
     *
     * @throws InfrastructureException if another process has it, it cannot be written, or its disk is nearly full
     */
    public static DataDirectory open(Path path) {
        return open(path, path.resolve("programs"));
    }

    /**
     * As {@link #open(Path)}, with the server programs unpacked somewhere else: data directories that come and go can share them, which
     * saves each 350 MB and some seconds.
     */
    public static DataDirectory open(Path path, Path programs) {
        return open(path, programs, _ -> {});
    }

    /**
     * As {@link #open(Path, Path)}, with nothing in it: what an earlier life left there is deleted, after servers that outlived it have been
     * ended.
     */
    public static DataDirectory openEmpty(Path path, Path programs) {
        return open(path, programs, DataDirectory::empty);
    }

    private static DataDirectory open(Path path, Path programs, Preparation preparation) {
        ServerPrograms.requireSupportedPlatform();
        try {
            // Servers change their working directory: only the real path means the same everywhere.
            var real = PrivateFiles.createFolder(path).toRealPath();
            var lock = DirectoryLock.take(real);
            try {
                preparation.prepare(real);
                requireSpace(real, Files.exists(programs) ? SPACE_FOR_WORK : SPACE_FOR_WORK + SPACE_FOR_PROGRAMS);
                var realPrograms = PrivateFiles.createFolder(programs).toRealPath();
                return new DataDirectory(real, realPrograms, lock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException | UncheckedIOException e) {
            throw new InfrastructureException(
                    Code.DATA_DIRECTORY_UNUSABLE, "The data directory " + path + " cannot be used: " + e, e);
        }
    }

    private static void empty(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder, entry -> !entry.endsWith(DirectoryLock.FILE_NAME))) {
            for (var entry : entries) {
                if (Files.isDirectory(entry)) {
                    PidFile.endSurvivors(entry, SURVIVOR_PATIENCE);
                }
                PrivateFiles.delete(entry);
            }
        }
    }

    /**
     * Makes sure that there is room on the disk of a folder.
     *
     * @param required in bytes
     * @throws InfrastructureException if there is less
     */
    public static void requireSpace(Path path, long required) throws IOException {
        var usable = Files.getFileStore(path).getUsableSpace();
        if (usable < required) {
            throw new InfrastructureException(
                    Code.DISK_FULL,
                    "Only %d MB are free on the disk of %s, and Magpie needs %d MB to start: free some space, or choose another data directory."
                            .formatted(usable / MEBIBYTE, path, required / MEBIBYTE));
        }
    }

    /** Returns the directory's real path. */
    public Path path() {
        return path;
    }

    /** Returns the folder for this part's files, which exists from now on. */
    public Path folder(String name) {
        try {
            return PrivateFiles.createFolder(path.resolve(name));
        } catch (IOException e) {
            throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot create " + name + " in " + path, e);
        }
    }

    /** Returns the secret of this name, which is drawn when it is first asked for: see {@link Secrets}. */
    public String secret(String name) {
        return secrets.of(name);
    }

    /** Returns the ports of the servers that live on this data; further servers may choose theirs here too. */
    public FreePorts ports() {
        return ports;
    }

    /** Gives the directory back. The secrets and ports stay what they are. */
    @Override
    public void close() {
        lock.close();
    }

    Path programs() {
        return programs;
    }

    private interface Preparation {
        void prepare(Path folder) throws IOException;
    }
}
