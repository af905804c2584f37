package im.magpie.e2e.measure;

import com.sun.management.UnixOperatingSystemMXBean;
import im.magpie.bench.MeasurementException;
import im.magpie.e2e.cluster.ClusterException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures what groups of several sizes cost. */
@Command(
        name = "./im measure",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a cluster of its own with two gateways, has many users of a group be online and write, and",
            "prints what every process spends on it. Exits with 0 if everybody was shown every message, once and in"
                    + " order.",
            "",
            "  everybody  500 members, all online: one writes 200 messages, then 20 write 1,000 at once",
            "  notices    10,000 members, 2,000 online: what a message costs, compared with private ones",
            "  huge       100,000 members, 1,000 online: import, send, sync, page through the members; memory",
            ""
        })
public final class ImMeasure implements Callable<Integer> {

    private static final int OTHER_FILES = 1_000;

    @Parameters(paramLabel = "WHAT", arity = "0..*", description = "everybody, notices or huge (default: all of them)")
    private List<Subject> subjects = List.of();

    @Option(names = "--members", paramLabel = "N", description = "other than above")
    private @Nullable Integer members;

    @Option(names = "--online", paramLabel = "N", description = "other than above")
    private @Nullable Integer online;

    @Option(names = "--messages", paramLabel = "N", description = "of a load, other than above")
    private @Nullable Integer messages;

    @Option(names = "--rate", paramLabel = "N", description = "messages a second, where the cost of each is compared")
    private @Nullable Double rate;

    @Option(names = "--install", description = "install missing packages with apt-get, as root")
    private boolean install;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MAGPIE_DATA:-data}",
            description = "the cluster is in its folder \"measure\" (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--modules", hidden = true, defaultValue = ".", description = "where the modules are built")
    private Path modules = Path.of(".");

    @Option(names = "--cluster-jar", hidden = true, description = "the executable jar of im-cluster")
    private Path clusterJar = Path.of("im-cluster", "target", "im-cluster-0.1.0-SNAPSHOT-exec.jar");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What can be measured. */
    enum Subject {
        EVERYBODY,
        NOTICES,
        HUGE
    }

    private ImMeasure() {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "im/magpie/e2e/chaos/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, to be executed; it prints through the command line's own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new ImMeasure())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof ClusterException || failure instanceof MeasurementException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var chosen = subjects.isEmpty() ? List.of(Subject.values()) : subjects;
        chosen.forEach(subject -> requireFiles(size(subject)));
        try (var site = Site.open(data.resolve("measure"), modules, clusterJar, install, out::println)) {
            for (var subject : chosen) {
                var size = size(subject);
                out.printf("%n%s: %s%n", subject.name().toLowerCase(Locale.ROOT), size);
                measurement(subject).perform(size, new Bench(site, out::println));
            }
        }
        return 0;
    }

    /** Everybody who is online takes an open file here, and one at a gateway, whose limit is the same. */
    private static void requireFiles(Size size) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < size.online() + OTHER_FILES) {
            throw new MeasurementException("%,d online take %,d open files, and \"ulimit -Hn\" allows %,d."
                    .formatted(size.online(), size.online() + OTHER_FILES, system.getMaxFileDescriptorCount()));
        }
    }

    private static Measurement measurement(Subject subject) {
        return switch (subject) {
            case EVERYBODY -> new Everybody();
            case NOTICES -> new Notices();
            case HUGE -> new Huge();
        };
    }

    private Size size(Subject subject) {
        var usual = measurement(subject).usual();
        try {
            return new Size(
                    members == null ? usual.members() : members,
                    online == null ? usual.online() : online,
                    messages == null ? usual.messages() : messages,
                    rate == null ? usual.perSecond() : rate);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
