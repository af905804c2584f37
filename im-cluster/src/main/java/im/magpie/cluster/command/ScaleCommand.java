package im.magpie.cluster.command;

import im.magpie.cluster.plan.Topology;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes how many of each service run. */
@Command(
        name = "scale",
        description =
                "Changes how many run: gateways=N, services=N, stores=N. Who is too much drains and ends; the last"
                        + " ones first.")
public final class ScaleCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Parameters(paramLabel = "WHAT=N", arity = "1..*", description = "gateways, services or stores, and how many")
    private Map<String, Integer> numbers = new LinkedHashMap<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ScaleCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        place.requireStarted();
        try (var cluster = place.cluster(out)) {
            var wanted = wanted(cluster.topology());
            cluster.bring(wanted);
            out.printf(
                    "There are %d gateways, %d services and %d stores.%n",
                    wanted.gateways(), wanted.services(), wanted.stores());
        }
        return 0;
    }

    private Topology wanted(Topology present) {
        var left = new LinkedHashMap<>(numbers);
        try {
            var wanted = new Topology(
                    take(left, "gateways", present.gateways()),
                    take(left, "services", present.services()),
                    take(left, "stores", present.stores()),
                    present.redisReplica(),
                    present.heartbeat(),
                    present.through());
            if (!left.isEmpty()) {
                throw new IllegalArgumentException("There are gateways, services and stores, and no %s."
                        .formatted(left.firstEntry().getKey()));
            }
            return wanted;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static int take(Map<String, Integer> numbers, String name, int otherwise) {
        var given = numbers.remove(name);
        return given == null ? otherwise : given;
    }
}
