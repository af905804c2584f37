package im.magpie.cluster.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Stops everything. */
@Command(name = "down", description = "Stops everything. The data stay, and the ports and secrets.")
public final class DownCommand implements Callable<Integer> {

    private static final String NOT_RUNNING = "The cluster is not running.";

    @Mixin
    private Place place = new Place();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DownCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (!place.exists()) {
            out.println(NOT_RUNNING);
            return 0;
        }
        try (var cluster = place.cluster(out)) {
            out.println(cluster.stop() ? "The cluster has stopped." : NOT_RUNNING);
        }
        return 0;
    }
}
