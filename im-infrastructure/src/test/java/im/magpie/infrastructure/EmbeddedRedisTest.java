package im.magpie.infrastructure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRedisTest {

    @TempDir
    Path folder;

    private DataDirectory data;
    private EmbeddedRedis redis;

    @BeforeEach
    void start() {
        data = Shared.open(folder.resolve("data"));
        redis = new EmbeddedRedis(data);
        redis.start();
    }

    @AfterEach
    void stop() {
        redis.close();
        data.close();
    }

    @Test
    void isAsTheDesignAsks() throws Exception {
        try (var connection = RedisConnection.authenticated(redis.address())) {
            assertThat(connection.call("INFO server")).contains("redis_version:6.2.");
            assertThat(connection.call("CONFIG GET appendonly")).isEqualTo("yes");
            assertThat(connection.call("CONFIG GET appendfsync")).isEqualTo("everysec");
            assertThat(connection.call("CONFIG GET maxmemory-policy")).isEqualTo("noeviction");
            assertThat(connection.call("CONFIG GET repl-backlog-ttl")).isEqualTo("0");
            assertThat(connection.call("CONFIG GET bind")).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void refusesWhoDoesNotKnowThePassword() throws Exception {
        try (var connection = new RedisConnection(redis.address())) {
            assertThat(connection.call("GET anything")).startsWith("-NOAUTH");
        }
    }

    @Test
    void keepsItsDataAndPortOverARestartAndShowsThatItIsAnotherLife() throws Exception {
        var address = redis.address();
        var firstLife = replicationId();
        call("SET greeting hello");

        redis.close();
        redis.start();

        assertThat(redis.address()).isEqualTo(address);
        assertThat(call("GET greeting")).isEqualTo("hello");
        assertThat(replicationId()).isNotEqualTo(firstLife);
    }

    @Test
    void startsAgainAfterAKill() throws Exception {
        call("SET greeting hello");

        redis.kill();
        redis.start();

        assertThat(call("GET greeting")).isEqualTo("hello");
    }

    @Test
    void canBeGivenOlderData() throws Exception {
        var appendOnlyFile = redis.folder().resolve("appendonly.aof");
        var older = folder.resolve("older.aof");
        call("SET greeting older");
        redis.close();
        Files.copy(appendOnlyFile, older);
        redis.start();
        call("SET greeting newer");
        redis.close();

        Files.copy(older, appendOnlyFile, StandardCopyOption.REPLACE_EXISTING);
        redis.start();

        assertThat(call("GET greeting")).isEqualTo("older");
    }

    @Test
    void isOneOfSeveralOnTheSameData() throws Exception {
        call("SET greeting hello");
        var other = new EmbeddedRedis(data, "redis-2", null);
        other.start();
        try (other;
                var connection = RedisConnection.authenticated(other.address())) {
            assertThat(other.address()).isNotEqualTo(redis.address());
            assertThat(connection.call("GET greeting")).isEqualTo("$-1");
        }
        assertThat(call("GET greeting")).isEqualTo("hello");
    }

    @Test
    void runsAnotherProgramWhenItIsTold() {
        var other = new EmbeddedRedis(data, "redis-2", Path.of("/no/such/program"));

        assertThatThrownBy(other::start).hasMessageContaining("/no/such/program");
    }

    private String call(String command) throws Exception {
        try (var connection = RedisConnection.authenticated(redis.address())) {
            return connection.call(command);
        }
    }

    private String replicationId() throws Exception {
        return call("INFO replication")
                .lines()
                .filter(line -> line.startsWith("master_replid:"))
                .findFirst()
                .orElseThrow();
    }
}
