package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it: together up, and what a kill of the JVM leaves. */
class EmbeddedInfrastructureTest {

    private static final Duration CHILDREN_END_WITHIN = Duration.ofSeconds(10);
    private static final List<String> SERVERS = List.of("mariadb", "redis");

    @TempDir
    Path folder;

    @Test
    void survivesAKillOfItsJvmAndLeavesNoProcessBehind() throws Exception {
        var path = folder.resolve("my data");
        List<ProcessHandle> children;
        try (var killed = OtherJvm.holding(path, folder).awaitReady()) {
            children = children(path);
            writeEverywhere(path);
            killed.kill();
        }
        await().atMost(CHILDREN_END_WITHIN).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));

        restartAndReadEverywhere(path);
    }

    @Test
    void endsAServerThatOutlivedItsJvm() throws Exception {
        var path = folder.resolve("my data");
        List<ProcessHandle> children;
        try (var killed = OtherJvm.holding(path, folder).awaitReady()) {
            children = children(path);
            writeEverywhere(path);
            // The watchers are what would end the servers.
            children.stream().flatMap(ProcessHandle::children).forEach(ProcessHandle::destroyForcibly);
            killed.kill();
        }
        assertThat(children).allMatch(ProcessHandle::isAlive);

        restartAndReadEverywhere(path);

        // They are over, but somebody has yet to collect the orphans.
        await().until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void leavesNoServerRunningWhenOneDoesNotStart() throws Exception {
        var path = folder.resolve("my data");
        Files.createDirectories(path.resolve("redis/appendonly.aof"));
        try (var data = Shared.open(path)) {
            assertThatThrownBy(() -> EmbeddedInfrastructure.start(data))
                    .isInstanceOf(InfrastructureException.class)
                    .hasMessageContaining("redis ended at once");

            assertThat(children(path)).noneMatch(ProcessHandle::isAlive);
        }
    }

    private static void writeEverywhere(Path path) throws Exception {
        var addresses = addresses(path);
        try (var connection = connect(addresses.database());
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE kept (text VARCHAR(20))");
            statement.executeUpdate("INSERT INTO kept VALUES ('row')");
        }
        try (var redis = RedisConnection.authenticated(addresses.redis())) {
            redis.call("SET kept entry");
        }
        try (var connection = BrokerClient.connect(addresses.broker());
                var channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.queueDeclare("kept", true, false, false, Map.of("x-single-active-consumer", true));
            var body = "message".getBytes(StandardCharsets.US_ASCII);
            channel.basicPublish("", "kept", true, MessageProperties.PERSISTENT_BASIC, body);
            channel.waitForConfirmsOrDie(5_000);
        }
    }

    private static void restartAndReadEverywhere(Path path) throws Exception {
        try (var data = Shared.open(path);
                var infrastructure = EmbeddedInfrastructure.start(data)) {
            var addresses = infrastructure.addresses();
            try (var connection = connect(addresses.database());
                    var rows = connection.createStatement().executeQuery("SELECT text FROM kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("row");
            }
            try (var redis = RedisConnection.authenticated(addresses.redis())) {
                assertThat(redis.call("GET kept")).isEqualTo("entry");
            }
            try (var connection = BrokerClient.connect(addresses.broker());
                    var channel = connection.createChannel()) {
                assertThat(channel.basicGet("kept", true).getBody()).asString().isEqualTo("message");
            }
        }
    }

    private static List<ProcessHandle> children(Path path) throws Exception {
        var pidFiles = SERVERS.stream().map(name -> path.resolve(name).resolve(name + ".pid"));
        return pidFiles.filter(Files::exists)
                .map(EmbeddedInfrastructureTest::read)
                .map(text -> Long.valueOf(text.split(" ", -1)[0]))
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .toList();
    }

    /** The addresses of an infrastructure that another JVM holds, from what it left in the data directory. */
    private static EmbeddedInfrastructure.Addresses addresses(Path path) {
        var ports = new KeyValueFile(path.resolve("ports"));
        var secrets = new KeyValueFile(path.resolve("secrets"));
        return new EmbeddedInfrastructure.Addresses(
                address(ports, secrets, "mariadb", "magpie"),
                address(ports, secrets, "redis", "default"),
                address(ports, secrets, "broker", "magpie"));
    }

    private static ServerAddress address(KeyValueFile ports, KeyValueFile secrets, String name, String user) {
        return ServerAddress.onLoopback(
                Integer.parseInt(String.valueOf(ports.get(name))), user, String.valueOf(secrets.get(name)));
    }

    private static Connection connect(ServerAddress address) throws Exception {
        var credentials = address.credentials();
        return DriverManager.getConnection(
                "jdbc:mysql://" + address + "/magpie_store", credentials.user(), credentials.password());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
