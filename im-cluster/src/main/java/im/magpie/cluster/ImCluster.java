package im.magpie.cluster;

import im.magpie.cluster.command.DownCommand;
import im.magpie.cluster.command.KillCommand;
import im.magpie.cluster.command.LogsCommand;
import im.magpie.cluster.command.RestartCommand;
import im.magpie.cluster.command.ScaleCommand;
import im.magpie.cluster.command.StatusCommand;
import im.magpie.cluster.command.UpCommand;
import im.magpie.infrastructure.InfrastructureException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs every service of Magpie as a process of its own, over a database, a Redis, a broker and a registry of its own. */
@Command(
        name = "./im cluster",
        description = "Runs Magpie as a cluster on this machine.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = ImCluster.Version.class,
        subcommands = {
            UpCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            KillCommand.class,
            RestartCommand.class,
            ScaleCommand.class,
            DownCommand.class,
            CommandLine.HelpCommand.class
        })
public final class ImCluster {

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, to be executed; it prints through the command line's own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new ImCluster())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof InfrastructureException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    /** Knows the version of the jar that this runs from. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            var version = ImCluster.class.getPackage().getImplementationVersion();
            return new String[] {"Magpie " + (version == null ? "(built from source)" : version)};
        }
    }

    private ImCluster() {}
}
