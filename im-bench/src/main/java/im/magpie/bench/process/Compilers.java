package im.magpie.bench.process;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** The threads of JVMs that turn bytecode into machine code. */
public final class Compilers {

    /** {@code C1 CompilerThread0}, cut to 15 characters by the system. */
    private static final String NAME = "C[12] CompilerThre";

    /** Returns the processor time that they have spent in these processes, in nanoseconds; threads and processes that have ended count no more. */
    public static long cpuNanos(Collection<Long> pids) {
        return pids.stream()
                .mapToLong(pid -> ofProcess(Path.of("/proc", Long.toString(pid), "task")))
                .sum();
    }

    private static long ofProcess(Path threads) {
        var nanos = 0L;
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(threads)) {
            for (var thread : folders) {
                nanos += ofThread(thread);
            }
        } catch (IOException _) {
            // A process that was there for a short time, such as Redis' that writes its memory to disk.
        }
        return nanos;
    }

    private static long ofThread(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip().matches(NAME)
                    ? Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", 2)[0])
                    : 0;
        } catch (IOException _) {
            // It has just ended.
            return 0;
        }
    }

    private Compilers() {}
}
