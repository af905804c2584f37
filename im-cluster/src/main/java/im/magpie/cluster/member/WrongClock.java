package im.magpie.cluster.member;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A library of the distribution that tells a process a time which is not the right one. How long something takes is measured rightly all the same. */
public final class WrongClock {

    /** What it comes in. */
    public static final String PACKAGE = "libfaketime";

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String FILE = "faketime/libfaketime.so.1";

    /** Returns where the library is; empty where it is not installed. */
    public static Optional<Path> library() {
        // In the folder of the machine's architecture.
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
            for (var folder : folders) {
                if (Files.isReadable(folder.resolve(FILE))) {
                    return Optional.of(folder.resolve(FILE));
                }
            }
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /**
     * Returns a member whose clock is wrong.
     *
     * @param ahead of the right time; negative for behind it
     * @throws InfrastructureException if the library is not installed
     */
    public static Member of(Member member, Duration ahead) {
        var library = library()
                .orElseThrow(() -> new InfrastructureException(
                        Code.PLATFORM_UNSUPPORTED,
                        "A wrong clock needs the package " + PACKAGE + ", which this machine does not have."));
        return new Misled(
                member,
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME",
                        "%+ds".formatted(ahead.toSeconds()),
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // Else whatever a JVM waits for would be over at once.
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0",
                        // Else a jar looks changed since its classes were remembered, and they would be loaded anew and
                        // remembered anew.
                        "NO_FAKE_STAT",
                        "1"));
    }

    /** @param told what the library is told */
    private record Misled(Member member, Map<String, String> told) implements Member {

        @Override
        public String name() {
            return member.name();
        }

        @Override
        public List<Integer> ports() {
            return member.ports();
        }

        @Override
        public Launch prepare(Path folder) throws IOException {
            var launch = member.prepare(folder);
            var environment = new HashMap<>(launch.environment());
            environment.putAll(told);
            return new Launch(launch.command(), environment);
        }

        @Override
        public Readiness readiness() {
            return member.readiness();
        }
    }

    private WrongClock() {}
}
