package im.magpie.cluster.member;

import im.magpie.infrastructure.InfrastructureException;
import im.magpie.infrastructure.InfrastructureException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The programs of the system's packages. */
public enum Programs {
    MARIADB("mariadbd", "mariadb-server"),
    MARIADB_INSTALLATION("mariadb-install-db", "mariadb-server"),
    REDIS("redis-server", "redis-server"),
    // Not the one on the PATH, which switches to another user.
    RABBITMQ("/usr/lib/rabbitmq/bin/rabbitmq-server", "rabbitmq-server"),
    ERLANG_NAMES("epmd", "rabbitmq-server");

    /** Servers often lie in folders that are on the PATH of root only. */
    private static final List<String> FURTHER_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private final String file;
    private final String debianPackage;

    Programs(String file, String debianPackage) {
        this.file = file;
        this.debianPackage = debianPackage;
    }

    /**
     * Returns where the program is.
     *
     * @throws InfrastructureException if it is not installed
     */
    public String path() {
        return find().map(Path::toString)
                .orElseThrow(() -> new InfrastructureException(
                        Code.PLATFORM_UNSUPPORTED, file + " is not installed; it is in the package " + debianPackage));
    }

    /** Returns the packages that hold programs which are not installed, each once. */
    public static List<String> missingPackages() {
        return Stream.of(values())
                .filter(program -> program.find().isEmpty())
                .map(program -> program.debianPackage)
                .distinct()
                .toList();
    }

    private Optional<Path> find() {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(Pattern.compile(":").splitAsStream(path), FURTHER_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                // An absolute name stays what it is.
                .map(folder -> Path.of(folder).resolve(file))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
