package im.magpie.bench.command;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.report.HtmlReport;
import im.magpie.bench.report.JsonReport;
import im.magpie.bench.report.Run;
import im.magpie.bench.report.Table;
import im.magpie.bench.site.Site;
import im.magpie.bench.site.Topology;
import im.magpie.bench.workload.Bench;
import im.magpie.bench.workload.Journal;
import im.magpie.bench.workload.Progress;
import im.magpie.bench.workload.Settings;
import java.io.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what a system that runs costs. */
@Command(
        name = "./im bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Loads a cluster or a standalone server that runs, and prints what all its processes spend on it.",
            "Exits with 0 if everything came once and in order.",
            "",
            "  W1   1,000 users in pairs, one of each writes: with 1, then with 8 messages under way",
            "  W1o  the same at fixed rates, whether or not earlier messages were answered",
            "  W2   10,000, then 19,000 idle connections at one gateway",
            "  W3   a group of 500, all online: one writes, then 20 do",
            "  W4   1,000 messages wait for a user who logs in: in Redis, then in the store",
            "  W5   10 minutes at half of what W1 gets through, with a recording of every JVM",
            "  growth  what a message costs as connections go to 19,000, and a user's",
            "       conversations to 10,000; with --stored=N also as kept messages go to N",
            ""
        })
public final class ImBench implements Callable<Integer> {

    @Parameters(paramLabel = "WORKLOAD", arity = "1..*", description = "one or several of these, or all")
    private List<Subject> subjects = List.of();

    @Mixin
    private SizeOptions sizes = new SizeOptions();

    @Option(names = "--cluster", description = "measure the cluster (default: the one that runs)")
    private boolean cluster;

    @Option(names = "--standalone", description = "measure the standalone server")
    private boolean standalone;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MAGPIE_DATA:-data}",
            description = "where the system keeps its data (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--pin", description = "all servers on core 0, the generator on core 1, while they are measured")
    private boolean pin;

    @Option(names = "--json", paramLabel = "FILE", description = "write all runs to it as JSON")
    private @Nullable Path json;

    @Option(names = "--html", paramLabel = "FILE", description = "write a page with histograms and time series to it")
    private @Nullable Path html;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private ImBench() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "im/magpie/bench/command/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, to be executed; it prints through the command line's own writers. */
    public static CommandLine commandLine() {
        return new CommandLine(new ImBench())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof MeasurementException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var progress = new Progress(out, terminal());
        var journal = new Journal(progress);
        var settings = settings();
        var bench = Bench.of(Site.find(data, topology()), settings, progress, journal, pin);
        try (var _ = bench.warmUp()) {
            Subject.expand(subjects).forEach(subject -> subject.workload(data).measure(bench));
        } finally {
            report(journal.runs(), out);
        }
        return 0;
    }

    private static boolean terminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private Settings settings() {
        try {
            return sizes.settings();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void report(List<Run> runs, PrintWriter out) {
        Table.print(runs, out::println);
        if (json != null) {
            JsonReport.write(runs, json);
        }
        if (html != null) {
            HtmlReport.write(runs, html);
        }
    }

    private @Nullable Topology topology() {
        if (cluster) {
            return Topology.CLUSTER;
        }
        return standalone ? Topology.STANDALONE : null;
    }
}
