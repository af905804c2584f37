package im.magpie.e2e.cluster;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A folder that one run has to itself, on this machine, until it is closed. */
public final class OwnFolder implements AutoCloseable {

    private final Path path;
    private final FileChannel lock;

    private OwnFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a folder, which is made if there is none.
     *
     * @throws ClusterException if another run has it
     */
    public static OwnFolder take(Path folder) {
        try {
            Files.createDirectories(folder);
            var path = folder.toRealPath();
            var lock = FileChannel.open(
                    path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock.tryLock() == null) {
                lock.close();
                throw new ClusterException("Another run goes on in " + path);
            }
            return new OwnFolder(path, lock);
        } catch (IOException e) {
            throw new ClusterException("The folder " + folder + " can't be used: " + e);
        }
    }

    /** Returns where it is, without links. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new ClusterException("The folder " + path + " can't be left: " + e);
        }
    }
}
