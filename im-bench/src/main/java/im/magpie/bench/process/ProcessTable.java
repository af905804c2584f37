package im.magpie.bench.process;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All processes of the machine at a moment. */
public final class ProcessTable {

    private final Map<Long, ProcessStat> processes;

    ProcessTable(Map<Long, ProcessStat> processes) {
        this.processes = Map.copyOf(processes);
    }

    /** Reads {@code /proc}. */
    public static ProcessTable now() {
        return of(Path.of("/proc"));
    }

    static ProcessTable of(Path proc) {
        var processes = new HashMap<Long, ProcessStat>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var folder : folders) {
                stat(folder).filter(ProcessStat::works).ifPresent(stat -> processes.put(stat.pid(), stat));
            }
        } catch (IOException e) {
            throw new MeasurementException("Processes can only be measured on Linux: " + e);
        }
        return new ProcessTable(processes);
    }

    private static Optional<ProcessStat> stat(Path folder) {
        try {
            return Optional.of(
                    ProcessStat.parse(Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1)));
        } catch (IOException _) {
            // It has just ended.
            return Optional.empty();
        }
    }

    public Optional<ProcessStat> process(long pid) {
        return Optional.ofNullable(processes.get(pid));
    }

    /** Returns a process and all that come from it, the process itself first. */
    public List<ProcessStat> tree(long pid) {
        var tree = new ArrayList<ProcessStat>();
        var open = new ArrayDeque<Long>(List.of(pid));
        while (!open.isEmpty()) {
            var parent = open.remove();
            process(parent).ifPresent(tree::add);
            processes.values().stream()
                    .filter(process -> process.parent() == parent)
                    .forEach(child -> open.add(child.pid()));
        }
        return tree;
    }
}
