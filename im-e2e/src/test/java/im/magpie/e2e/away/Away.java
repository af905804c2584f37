package im.magpie.e2e.away;

import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.MagpieSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Starts somebody's device as a program with little memory. */
public final class Away {

    private static final String HEAP = "-Xmx24m";
    private static final String DIRECT_MEMORY = "-XX:MaxDirectMemorySize=16m";

    private final MagpieSystem system;
    private final Person owner;
    private final Path folder;

    /** @param folder what the device remembers from one time to the next */
    public Away(MagpieSystem system, Person owner, Path folder) {
        this.system = system;
        this.owner = owner;
        this.folder = folder;
    }

    /** Signs in, waits until the device has got so many messages, and closes it. Returns what it says of that. */
    public String catchesUp(int messages) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var gateway = system.addresses().gateway(1);
        var command = List.of(
                java,
                HEAP,
                DIRECT_MEMORY,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                AwayDevice.class.getName(),
                gateway.host(),
                Integer.toString(gateway.port()),
                owner.userId(),
                owner.userSig(),
                folder.toString(),
                Integer.toString(messages));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
            return said.lines().toList().getLast();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
