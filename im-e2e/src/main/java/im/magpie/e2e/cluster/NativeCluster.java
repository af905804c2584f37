package im.magpie.e2e.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A cluster on this machine, by the commands of {@code ./im cluster}, and by the files that they keep. Safe for use by many threads. */
public final class NativeCluster {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Duration END_PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private final Path jar;
    private final Path modules;
    private final Path data;
    private final Set<Process> commands = ConcurrentHashMap.newKeySet();
    private volatile boolean over;

    /**
     * A cluster that may not run yet.
     *
     * @param jar the executable one of im-cluster
     * @param modules where the modules are built
     * @param data in whose folder {@code cluster} it keeps everything
     */
    public NativeCluster(Path jar, Path modules, Path data) {
        this.jar = jar.toAbsolutePath();
        this.modules = modules.toAbsolutePath().normalize();
        this.data = data.toAbsolutePath();
    }

    /** How a command ended, and what it said. */
    public record Output(int status, String text) {}

    /**
     * Runs a command, and returns what it said.
     *
     * @throws ClusterException if it fails
     */
    public String command(List<String> arguments) {
        var output = run(arguments);
        if (output.status() != 0) {
            throw new ClusterException("./im cluster %s: status %d%n%s"
                    .formatted(String.join(" ", arguments), output.status(), output.text()));
        }
        return output.text();
    }

    /**
     * Runs a command.
     *
     * @throws ClusterException if it can't be run, or does not end
     */
    public Output run(List<String> arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = new ArrayList<>(
                List.of(java, "-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar", jar.toString()));
        command.addAll(arguments);
        command.add("--data=" + data);
        command.add("--modules=" + modules);
        try {
            var process = start(command);
            var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            commands.remove(process);
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new ClusterException(arguments + " does not end: " + text);
            }
            return new Output(process.exitValue(), text);
        } catch (IOException e) {
            throw new ClusterException("Cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }

    private Process start(List<String> command) throws IOException {
        synchronized (commands) {
            if (over) {
                throw new ClusterException("It is over");
            }
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            commands.add(process);
            return process;
        }
    }

    /** Returns the folder that everything is in. */
    public Path folder() {
        return data.resolve("cluster");
    }

    /** Returns an address of a cluster that is up, by its name in the file {@code addresses}. */
    public String address(String name) {
        return value("addresses", name);
    }

    /** Returns the port on which a member listens, by its name in the file {@code ports}. */
    public int port(String name) {
        return Integer.parseInt(value("ports", name));
    }

    public String secret(String name) {
        return value("secrets", name);
    }

    private String value(String file, String name) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(folder().resolve(file))) {
            properties.load(reader);
        } catch (IOException e) {
            throw new ClusterException("Cannot read " + folder().resolve(file), e);
        }
        var value = properties.getProperty(name);
        if (value == null) {
            throw new ClusterException("There is no " + name + " in " + folder().resolve(file));
        }
        return value;
    }

    /** Returns the process of a member, if it lives. */
    public Optional<ProcessHandle> process(String member) {
        var file = folder().resolve(member).resolve(member + ".pid");
        try {
            var pid = Files.readString(file).strip().split(" ", 2)[0];
            return ProcessHandle.of(Long.parseLong(pid)).filter(NativeCluster::works);
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    /** Ends a member at once, and returns when it has ended. */
    public void kill(String member) {
        process(member).ifPresent(process -> {
            process.destroyForcibly();
            awaitEnd(member, process);
        });
    }

    /** Asks a member to end, and returns when it has; kills it when it takes too long. */
    public void stop(String member) {
        process(member).ifPresent(process -> {
            process.destroy();
            var deadline = System.nanoTime() + END_PATIENCE.toNanos();
            while (works(process) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            }
            kill(member);
        });
    }

    private static void awaitEnd(String member, ProcessHandle process) {
        var deadline = System.nanoTime() + END_PATIENCE.toNanos();
        while (works(process)) {
            if (System.nanoTime() > deadline) {
                throw new ClusterException(member + " can't be ended");
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** The member does nothing from now on, and keeps what it has. */
    public void freeze(String member) {
        signal(member, "STOP");
    }

    /** It goes on. */
    public void unfreeze(String member) {
        signal(member, "CONT");
    }

    private void signal(String member, String name) {
        var pid = process(member)
                .orElseThrow(() -> new ClusterException(member + " does not run"))
                .pid();
        try {
            var status = new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new ClusterException("kill -%s %d: status %d".formatted(name, pid, status));
            }
        } catch (IOException e) {
            throw new ClusterException("Cannot signal " + member, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }

    /** Ends everybody at once, and the commands that are at work; no more are taken. */
    public void end() {
        synchronized (commands) {
            over = true;
        }
        commands.forEach(command -> {
            command.destroyForcibly();
            awaitEnd("a command", command.toHandle());
        });
        killEverybody();
    }

    /** Ends everybody at once, as far as they have ever been started. */
    public void killEverybody() {
        try (Stream<Path> folders = Files.list(folder())) {
            var members = folders.map(folder -> folder.getFileName().toString()).toList();
            members.forEach(member -> process(member).ifPresent(ProcessHandle::destroyForcibly));
            members.forEach(this::kill);
        } catch (IOException _) {
            // There is no such folder: nobody was ever started.
        }
    }

    /** Ends everybody at once, and deletes all that they have left. */
    public void delete() {
        killEverybody();
        if (!Files.exists(folder())) {
            return;
        }
        try (var files = Files.walk(folder())) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new ClusterException("%s can't be deleted: %s".formatted(folder(), e));
        }
    }

    /** Returns whether a process is at work. One that is dead but for its entry is not: in many containers nobody collects orphans. */
    public static boolean works(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            var stat = Files.readString(
                    Path.of("/proc", Long.toString(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException _) {
            // It may have gone while it was being read.
            return process.isAlive();
        }
    }
}
