package im.magpie.client.cli;

import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line client. */
@Command(
        name = "im",
        description = "Talks to Magpie.",
        mixinStandardHelpOptions = true,
        subcommands = {ChatCommand.class, DemoCommand.class, LoadCommand.class})
public final class ImCommand {

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "im/magpie/client/cli/logback.xml");
        System.exit(commandLine().execute(arguments));
    }

    /** Returns the command, to be executed; it prints nothing but through the command line's own writers. */
    static CommandLine commandLine() {
        return new CommandLine(new ImCommand())
                .setOut(new java.io.PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setExecutionExceptionHandler((failure, command, _) -> {
                    if (!(failure instanceof CommandFailedException)) {
                        throw failure;
                    }
                    command.getErr().println(failure.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private ImCommand() {}
}
