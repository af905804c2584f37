package im.magpie.bench.recording;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.process.Jcmd;
import im.magpie.bench.process.Servers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Recordings of all JVMs of Magpie, which begin with this. One thread uses it. */
public final class FlightRecorder implements AutoCloseable {

    private static final String NAME = "name=magpie-bench";
    private static final String OURS = "im-";
    private static final String JVM = "java";

    private final Path folder;
    private final Map<String, Long> jvms;
    private boolean over;

    /**
     * Begins to record.
     *
     * @param folder where recordings go, one a process; earlier ones are replaced
     */
    public FlightRecorder(Servers servers, Path folder) {
        this.folder = folder.toAbsolutePath();
        this.jvms = servers.processes().entrySet().stream()
                .filter(member -> member.getKey().startsWith(OURS))
                .filter(member -> member.getValue().getFirst().name().equals(JVM))
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        member -> member.getValue().getFirst().pid(),
                        (a, _) -> a,
                        TreeMap::new));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new MeasurementException("The folder " + folder + " can't be made: " + e);
        }
        jvms.forEach((name, pid) -> Jcmd.run(pid, "JFR.start", NAME, "settings=default", "filename=" + file(name)));
    }

    private Path file(String name) {
        return folder.resolve(name + ".jfr");
    }

    /** Ends all recordings and returns what they say, by process. */
    public Map<String, JvmFigures> end() {
        close();
        var figures = new TreeMap<String, JvmFigures>();
        jvms.keySet().forEach(name -> figures.put(name, JvmFigures.of(file(name))));
        return figures;
    }

    /** Ends all recordings. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            jvms.values().forEach(pid -> Jcmd.run(pid, "JFR.stop", NAME));
        }
    }
}
