package im.magpie.service.benchmark;

import im.magpie.service.testing.TestRedis;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Redis' own load generator, over one connection. The time that passes has its start in it. */
final class RedisBenchmarkLoad implements Load {

    private final Path program;
    private final TestRedis redis;
    private final RedisMeter meter;
    private final PlainLoad.Command command;
    private final int batch;

    RedisBenchmarkLoad(Path program, TestRedis redis, PlainLoad.Command command, int batch) {
        this.program = program;
        this.redis = redis;
        this.meter = new RedisMeter(redis.client());
        this.command = command;
        this.batch = batch;
    }

    /** Returns the program, where it is installed. */
    static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-benchmark"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public String name() {
        return "redis-benchmark, " + command;
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public Cost run(int messages) {
        // It answers for whole pipelines only, and with less to do it takes their end for a lost connection.
        var sent = Math.ceilDiv(messages, batch) * batch;
        return meter.of(sent, () -> runProgram(sent));
    }

    private void runProgram(int messages) {
        var settings = redis.settings();
        var address = URI.create(String.valueOf(settings.get("im.service.redis.addresses")));
        var line = List.of(
                program.toString(),
                "-h",
                address.getHost(),
                "-p",
                Integer.toString(address.getPort()),
                "-a",
                String.valueOf(settings.get("im.service.redis.password")),
                "-t",
                command.name().toLowerCase(Locale.ROOT),
                "-P",
                Integer.toString(batch),
                "-n",
                Integer.toString(messages),
                "-r",
                Integer.toString(messages),
                "-c",
                "1",
                "-d",
                "150",
                "-q");
        try {
            var process = new ProcessBuilder(line).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("redis-benchmark failed: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
