package im.magpie.infrastructure;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Files that only their owner may read, since passwords and messages lie in them. */
public final class PrivateFiles {

    private static final Duration ABANDONED_AFTER = Duration.ofMinutes(10);

    /** Creates the folder and those above it that are missing. */
    public static Path createFolder(Path folder) throws IOException {
        return Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Replaces the file in one step, so that a reader, or the next life after a crash, finds the old text or the new one. */
    public static void write(Path file, String text) throws IOException {
        // A temporary file is readable by its owner only from the moment it exists.
        var written = Files.createTempFile(file.toAbsolutePath().getParent(), file.getFileName() + ".", ".new");
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Makes the content of a folder. */
    @FunctionalInterface
    public interface Filling {
        void fill(Path folder) throws IOException;
    }

    /**
     * Returns the folder of this name, filled by the first who asks: now, in an earlier life, or in another process. It is complete or not
     * there, even when somebody is killed halfway.
     */
    public static Path createOnce(Path parent, String name, Filling filling) throws IOException {
        var folder = parent.resolve(name);
        if (Files.exists(folder)) {
            return folder;
        }
        var unfinished = createWorkFolder(parent, "unfinished-");
        try {
            filling.fill(unfinished);
            moveUnlessThere(unfinished, folder);
        } finally {
            delete(unfinished);
        }
        return folder;
    }

    private static void moveUnlessThere(Path finished, Path folder) throws IOException {
        try {
            // A rename replaces a folder only if that is empty, so a complete one of somebody else's stays.
            Files.move(finished, folder);
        } catch (IOException e) {
            if (!Files.exists(folder)) {
                throw e;
            }
        }
    }

    /**
     * Creates a folder for unfinished work beside the place where the finished work will go, and deletes those that were abandoned when
     * somebody was killed halfway.
     */
    private static Path createWorkFolder(Path parent, String prefix) throws IOException {
        var abandonedBefore = Instant.now().minus(ABANDONED_AFTER);
        try (var earlier = Files.newDirectoryStream(parent, prefix + "*")) {
            for (var folder : earlier) {
                if (Files.getLastModifiedTime(folder).toInstant().isBefore(abandonedBefore)) {
                    delete(folder);
                }
            }
        }
        return Files.createTempDirectory(parent, prefix);
    }

    /** Deletes a file, or a folder with all that is in it; one that does not exist is fine. */
    public static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private PrivateFiles() {}
}
