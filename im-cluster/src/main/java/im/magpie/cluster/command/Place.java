package im.magpie.cluster.command;

import im.magpie.cluster.member.JavaPrograms;
import im.magpie.cluster.plan.Plan;
import im.magpie.cluster.run.Cluster;
import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where everything is. */
final class Place {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:MAGPIE_DATA:-data}",
            description = "what Magpie keeps; the cluster is in its folder \"cluster\" (default: ${DEFAULT-VALUE})")
    private Path data = Path.of("data");

    @Option(names = "--modules", hidden = true, defaultValue = ".", description = "where the modules are built")
    private Path modules = Path.of(".");

    Path folder() {
        return data.resolve("cluster").toAbsolutePath();
    }

    JavaPrograms java() {
        return new JavaPrograms(modules.toAbsolutePath().normalize());
    }

    Cluster cluster(PrintWriter out) {
        return Cluster.open(folder(), java(), out::println);
    }

    /** For what concerns single members; others may do the same at the same time. */
    Cluster member(PrintWriter out) {
        return Cluster.join(folder(), java(), out::println);
    }

    boolean exists() {
        return Files.exists(folder().resolve("plan"));
    }

    /** Returns the plan of a cluster that has been started once. */
    Plan plan() {
        requireStarted();
        return new Plan(folder());
    }

    /** Refuses to go on where no cluster has ever been started. */
    void requireStarted() {
        if (!exists()) {
            throw new InfrastructureException(
                    Code.SERVER_FAILED, "There is no cluster in " + folder() + ". Start one with ./im cluster up");
        }
    }
}
