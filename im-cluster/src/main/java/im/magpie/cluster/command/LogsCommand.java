package im.magpie.cluster.command;

import im.magpie.cluster.run.Logs;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what members have written. */
@Command(name = "logs", description = "Shows the ends of the logs of these members, or of all.")
public final class LogsCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "members, as \"status\" names them")
    private List<String> names = List.of();

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what is added")
    private boolean follow;

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "200",
            description = "of each log (default: ${DEFAULT-VALUE})")
    private int lines;

    LogsCommand() {}

    @Override
    public Integer call() {
        place.requireStarted();
        new Logs(place.folder()).show(names, lines, follow);
        return 0;
    }
}
