package im.magpie.cluster.run;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Shows what members have written. */
public final class Logs {

    private final Path cluster;

    /** The logs of the cluster in this folder. */
    public Logs(Path cluster) {
        this.cluster = cluster;
    }

    /**
     * Writes the ends of logs to standard output, and with {@code follow} what is added to them until this process is ended.
     *
     * @param names the members; none stands for all
     * @throws InfrastructureException if there is no such log
     */
    public void show(List<String> names, int lines, boolean follow) {
        var command = new ArrayList<>(List.of("tail", "-n", Integer.toString(lines)));
        if (follow) {
            // By name: a member that starts again begins a new file.
            command.add("-F");
        }
        command.addAll(files(names).stream().map(Path::toString).toList());
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "end-tail"));
            process.waitFor();
        } catch (IOException e) {
            throw new InfrastructureException(Code.PLATFORM_UNSUPPORTED, "tail cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InfrastructureException(Code.INTERRUPTED, "Interrupted", e);
        }
    }

    private List<Path> files(List<String> names) {
        var files = (names.isEmpty() ? everybody() : names)
                .stream()
                        .map(name -> MemberProcess.of(cluster, name).log().file())
                        .toList();
        for (var file : files) {
            if (!Files.exists(file)) {
                throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "There is no log " + file + ".");
            }
        }
        return files;
    }

    private List<String> everybody() {
        try (var folders = Files.list(cluster)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .filter(name ->
                            Files.exists(MemberProcess.of(cluster, name).log().file()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot read " + cluster + ": " + e, e);
        }
    }
}
