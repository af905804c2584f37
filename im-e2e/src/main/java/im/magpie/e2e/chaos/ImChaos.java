package im.magpie.e2e.chaos;

import im.magpie.e2e.cluster.ClusterException;
import im.magpie.e2e.history.BadHistoryException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Breaks a cluster while people use it, and says whether Magpie kept its promises. */
@Command(
        name = "./im chaos",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster of its own, breaks its parts and its network by a seed while people write to each other,"
                    + " and",
            "checks everything that they did and saw. Exits with 0 if every promise of docs/guarantees.md was kept."
        })
public final class ImChaos implements Callable<Integer> {

    private static final int MILLIS_A_MINUTE = 60_000;
    private static final int SEEDS = 1_000_000;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "3",
            description = "how long things break, for each seed (default: ${DEFAULT-VALUE})")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "what breaks and when; may be given more than once (default: any)")
    private List<Long> seeds = List.of();

    @Option(names = "--install", description = "install missing packages with apt-get, as root")
    private boolean install;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "check a history that was written before, and do no more")
    private @Nullable Path history;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MAGPIE_DATA:-data}",
            description = "histories and the cluster are in its folder \"chaos\" (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--modules", hidden = true, defaultValue = ".", description = "where the modules are built")
    private Path modules = Path.of(".");

    @Option(names = "--cluster-jar", hidden = true, description = "the executable jar of im-cluster")
    private Path clusterJar = Path.of("im-cluster", "target", "im-cluster-0.1.0-SNAPSHOT-exec.jar");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ImChaos() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "im/magpie/e2e/chaos/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, to be executed; it prints through the command line's own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new ImChaos())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof ClusterException || failure instanceof BadHistoryException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var judge = new Judge(out::println);
        if (history != null) {
            return judge.isClean(history) ? 0 : 1;
        }
        var length = Duration.ofMillis((long) (minutes * MILLIS_A_MINUTE));
        if (!length.isPositive()) {
            throw new ParameterException(spec.commandLine(), "A run takes more than " + minutes + " minutes.");
        }
        var chosen = seeds.isEmpty() ? List.of(ThreadLocalRandom.current().nextLong(SEEDS)) : seeds;
        try (var theatre = Theatre.open(data.resolve("chaos"), modules, clusterJar, out::println)) {
            theatre.start(install, chosen.getFirst());
            var clean = true;
            for (var seed : chosen) {
                clean &= judge.isClean(theatre.perform(seed, length));
            }
            if (clean) {
                theatre.tidy();
            } else {
                out.println("What the cluster wrote stays in " + theatre.folder() + " until the next run.");
            }
            return clean ? 0 : 1;
        }
    }
}
