package im.magpie.cluster.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stops a member if it runs, and starts it again. */
@Command(name = "restart", description = "Stops a member if it runs, starts it, and waits until it is ready.")
public final class RestartCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NAME", description = "a member, as \"status\" names it")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RestartCommand() {}

    @Override
    public Integer call() {
        place.requireStarted();
        try (var cluster = place.cluster(spec.commandLine().getOut())) {
            cluster.restart(name);
        }
        return 0;
    }
}
