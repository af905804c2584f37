package im.magpie.cluster.run;

import im.magpie.cluster.member.Launch;
import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.PidFile;
import im.magpie.infrastructure.PidFile.Ending;
import im.magpie.infrastructure.PrivateFiles;
import im.magpie.infrastructure.ServerLog;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The process of one member, in all its lives. It outlives whoever starts it, and is found again by its pid file; its output goes to
 * {@code NAME.log} in its folder, and that of the life before is kept as {@code NAME.log.1}.
 */
final class MemberProcess {

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

    /** What a program needs to know of its surroundings; nothing else in them may change what a member does. */
    private static final List<String> SURROUNDINGS = List.of("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ");

    private final String name;
    private final Path folder;
    private final PidFile pidFile;

    private MemberProcess(String name, Path folder) {
        this.name = name;
        this.folder = folder;
        this.pidFile = new PidFile(folder, name + ".pid");
    }

    /** The process of this member of the cluster in this folder, which is given by its real path. */
    static MemberProcess of(Path cluster, String name) {
        return new MemberProcess(name, cluster.resolve(name));
    }

    /** Returns the processes of a cluster that live, whether a plan knows of them or not. */
    static List<MemberProcess> allRunning(Path cluster) {
        try (var folders = Files.list(cluster)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> of(cluster, folder.getFileName().toString()))
                    .filter(MemberProcess::isRunning)
                    .toList();
        } catch (IOException e) {
            throw new InfrastructureException(Code.DATA_DIRECTORY_UNUSABLE, "Cannot read " + cluster + ": " + e, e);
        }
    }

    String name() {
        return name;
    }

    Path folder() {
        return folder;
    }

    ServerLog log() {
        return new ServerLog(folder.resolve(name + ".log"));
    }

    Optional<ProcessHandle> handle() {
        return pidFile.process();
    }

    boolean isRunning() {
        return handle().isPresent();
    }

    /** Creates the member's folder if it is missing. */
    Path createFolder() throws IOException {
        PrivateFiles.createFolder(folder.resolve("home"));
        return folder;
    }

    /**
     * Starts another life. The one before must be over.
     *
     * @throws IOException if the operating system cannot start it, or its folder cannot be written
     */
    void start(Launch launch) throws IOException {
        var output = ServerLog.begin(folder, name);
        // In a session of its own no terminal and no shell that goes away takes it along.
        var command = new ArrayList<>(List.of("setsid"));
        command.addAll(launch.command());
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.file().toFile());
        builder.environment().keySet().retainAll(SURROUNDINGS);
        builder.environment().putAll(launch.environment());
        var process = builder.start();
        try {
            pidFile.record(process.pid());
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Asks it to end, and kills it when it takes too long. */
    Ending stop() {
        return pidFile.end(STOP_PATIENCE);
    }

    /** Ends it at once; says whether it lived. */
    boolean kill() {
        return pidFile.kill();
    }
}
