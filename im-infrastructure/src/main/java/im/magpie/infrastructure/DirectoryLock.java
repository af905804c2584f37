package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The right of one process, or of several that share it, to a directory. The operating system takes it back when the process ends, however it ends. */
public final class DirectoryLock implements AutoCloseable {

    static final String FILE_NAME = "lock";

    // Whoever closes any channel on a locked file loses the lock: a second attempt here must not even open it.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the directory, given by its real path.
     *
     * @throws InfrastructureException if somebody has it; the message names the process
     */
    public static DirectoryLock take(Path directory) throws IOException {
        return take(directory, false);
    }

    /**
     * Takes a share in the directory, given by its real path: other processes may do the same, but nobody has it alone meanwhile.
     *
     * @throws InfrastructureException if somebody has it alone; the message names the process
     */
    public static DirectoryLock share(Path directory) throws IOException {
        return take(directory, true);
    }

    private static DirectoryLock take(Path directory, boolean shared) throws IOException {
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, "This process");
        }
        var file = directory.resolve(FILE_NAME);
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(0, Long.MAX_VALUE, shared) == null) {
                throw inUse(directory, "Process " + Files.readString(file).strip());
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return new DirectoryLock(directory, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            HELD_HERE.remove(directory);
            throw e;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            HELD_HERE.remove(directory);
        }
    }

    private static InfrastructureException inUse(Path directory, String who) {
        return new InfrastructureException(
                Code.DATA_DIRECTORY_IN_USE,
                who + " already uses the data directory " + directory
                        + ": stop it first, or choose another data directory.");
    }
}
