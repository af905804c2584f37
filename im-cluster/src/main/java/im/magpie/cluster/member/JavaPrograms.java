package im.magpie.cluster.member;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import im.magpie.infrastructure.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;

/**
 * The modules' executable jars, unpacked to a folder {@code programs}: a JVM starts a third faster from plain jars than from jars within a jar,
 * and one that runs does not care when a module is built again. Safe for use by several threads and processes.
 */
public final class JavaPrograms {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    private final Path modules;
    private final Path programs;

    /**
     * The programs of these modules.
     *
     * @param modules the folder that holds a folder for each module
     */
    public JavaPrograms(Path modules) {
        this.modules = modules;
        this.programs = modules.resolve("im-cluster").resolve("target").resolve("programs");
    }

    /**
     * Returns a module's program as it is built now.
     *
     * @param remembers whether a process of it keeps for later starts what it has loaded
     * @throws InfrastructureException if it is not built
     * @throws IOException if it cannot be read or unpacked
     */
    synchronized JavaProgram program(String module, boolean remembers) throws IOException {
        var jar = modules.resolve(module).resolve("target").resolve(module + "-" + VERSION + "-exec.jar");
        if (!Files.exists(jar)) {
            throw new InfrastructureException(Code.SERVER_FAILED, module + " is not built: there is no " + jar);
        }
        PrivateFiles.createFolder(programs);
        var folder = PrivateFiles.createOnce(programs, module + "-" + fingerprint(jar), unpacked -> {
            deleteUnused(module);
            unpack(jar, unpacked);
        });
        return new JavaProgram(folder, folder.resolve(jar.getFileName()), remembers);
    }

    private static void unpack(Path jar, Path folder) throws IOException {
        var process = new ProcessBuilder(
                        JavaProgram.JAVA,
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--force",
                        "--destination",
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("Cannot unpack " + jar + ": " + output);
        }
        Files.createDirectory(folder.resolve(JavaProgram.EMPTY));
    }

    /** Tells builds apart by their content, since the date of a reproducible jar says nothing. */
    private static String fingerprint(Path jar) throws IOException {
        var sum = new CRC32();
        try (var zip = new ZipFile(jar.toFile())) {
            zip.stream()
                    .forEach(entry -> sum.update((entry.getName() + entry.getCrc()).getBytes(StandardCharsets.UTF_8)));
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private void deleteUnused(String module) throws IOException {
        var inUse = ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
        try (var folders = Files.newDirectoryStream(programs, module + "-????????")) {
            for (var folder : folders) {
                if (inUse.stream().noneMatch(command -> command.contains(folder + "/"))) {
                    PrivateFiles.delete(folder);
                }
            }
        }
    }
}
