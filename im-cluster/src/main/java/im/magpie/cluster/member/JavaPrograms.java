package im.magpie.cluster.member;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The executable jars of Magpie's modules, run by the Java that runs this.
 *
 * @param modules the folder that holds a folder for each module
 */
public record JavaPrograms(Path modules) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    private static final List<String> EVERY_JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError");

    /** Returns the command that runs a module's jar; what its libraries write to a home goes to the folder. */
    List<String> command(String module, Path folder, List<String> options, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(EVERY_JVM);
        command.addAll(options);
        command.add("-Duser.home=" + folder.resolve("home"));
        command.add("-jar");
        command.add(jar(module).toString());
        command.addAll(arguments);
        return command;
    }

    private Path jar(String module) {
        var jar = modules.resolve(module).resolve("target").resolve(module + "-" + VERSION + "-exec.jar");
        if (!Files.exists(jar)) {
            throw new InfrastructureException(Code.SERVER_FAILED, module + " is not built: there is no " + jar);
        }
        return jar;
    }
}
