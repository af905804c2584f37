package im.magpie.cluster.member;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/**
 * An unpacked module.
 *
 * @param folder where it is; the process that remembers writes there what it has loaded
 * @param jar which names its libraries
 * @param remembers whether a process of it keeps for later starts what it has loaded
 */
record JavaProgram(Path folder, Path jar, boolean remembers) {

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** A folder in {@link #folder}. Nacos asks for the first folder of its class path; it has to be empty for classes to be remembered. */
    static final String EMPTY = "empty";

    private static final List<String> EVERY_JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError",
            // Which classes can't be remembered is of no use to anybody.
            "-Xlog:cds=off");

    /**
     * Returns the command that runs it.
     *
     * @param member the folder of the one that is started, to which goes what libraries write to a home
     */
    List<String> command(Path member, List<String> options, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(JAVA);
        command.addAll(EVERY_JVM);
        command.addAll(options);
        command.addAll(memory());
        command.add("-Duser.home=" + member.resolve("home"));
        command.add("-classpath");
        command.add(jar + ":" + folder.resolve(EMPTY));
        command.add(mainClass());
        command.addAll(arguments);
        return command;
    }

    /** Classes that an earlier process has loaded come out of an archive, which takes half of the work out of a start. */
    private List<String> memory() {
        var archive = folder.resolve("classes.jsa");
        if (remembers) {
            // Written when the process ends, if there is none or another JVM's.
            return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private String mainClass() throws IOException {
        try (var opened = new JarFile(jar.toFile())) {
            return opened.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        }
    }
}
