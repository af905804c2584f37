package im.magpie.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second client out of a directory, be it of this process or of another. The lock ends with its process. */
record DirectoryLock(FileChannel channel) implements Closeable {

    /** @throws IOException when another client has the directory */
    static DirectoryLock take(Path directory) throws IOException {
        var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DirectoryLock(channel);
            }
        } catch (OverlappingFileLockException _) {
            // This process has it already.
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new IOException(directory + " is in use by another client");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
