package im.magpie.cluster.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a member if it runs, and starts it again. */
@Command(name = "restart", description = "Stops a member if it runs, starts it, and waits until it is ready.")
public final class RestartCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NAME", description = "a member, as \"status\" names it")
    private String name = "";

    @Option(
            names = "--clock",
            paramLabel = "DURATION",
            defaultValue = "PT0S",
            description = "how far its clock is ahead, PT-10M for ten minutes slow (default: it is right)")
    private Duration clock = Duration.ZERO;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RestartCommand() {}

    @Override
    public Integer call() {
        place.requireStarted();
        try (var cluster = place.member(spec.commandLine().getOut())) {
            cluster.restart(name, clock);
        }
        return 0;
    }
}
