package im.magpie.cluster.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ends a member as a power failure would. */
@Command(name = "kill", description = "Ends a member at once, as a power failure would.")
public final class KillCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "NAME", description = "a member, as \"status\" names it")
    private String name = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KillCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        place.requireStarted();
        try (var cluster = place.member(out)) {
            var killed = cluster.kill(name);
            out.println(name + (killed ? " is dead" : " does not run"));
            return killed ? 0 : 1;
        }
    }
}
