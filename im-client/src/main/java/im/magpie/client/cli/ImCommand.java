package im.magpie.client.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line client. */
@Command(
        name = "im",
        description = "Talks to Magpie.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = ImCommand.Version.class,
        subcommands = {ChatCommand.class, DemoCommand.class, LoadCommand.class})
public final class ImCommand {

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "im/magpie/client/cli/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, to be executed; it prints nothing but through the command line's own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new ImCommand())
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof CommandFailedException)) {
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
            var version = ImCommand.class.getPackage().getImplementationVersion();
            return new String[] {"Magpie " + (version == null ? "(built from source)" : version)};
        }
    }

    private ImCommand() {}
}
