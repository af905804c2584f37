package im.magpie.infrastructure;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that holds a whole infrastructure until it is killed. */
final class OtherJvm implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final Path ready;

    private OtherJvm(Process process, Path output, Path ready) {
        this.process = process;
        this.output = output;
        this.ready = ready;
    }

    /** Begins to start the infrastructure on this data. */
    static OtherJvm holding(Path data, Path scratch) throws IOException {
        var output = Files.createTempFile(scratch, "other-jvm-", ".out");
        var ready = scratch.resolve(output.getFileName() + ".ready");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherJvm.class.getName(),
                        data.toString(),
                        ready.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new OtherJvm(process, output, ready);
    }

    OtherJvm awaitReady() {
        await().atMost(PATIENCE).until(() -> Files.exists(ready) || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError(output());
        }
        return this;
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        EmbeddedInfrastructure.start(DataDirectory.open(Path.of(arguments[0]), Shared.PROGRAMS));
        Files.createFile(Path.of(arguments[1]));
        Thread.currentThread().join();
    }
}
