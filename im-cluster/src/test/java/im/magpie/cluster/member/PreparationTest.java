package im.magpie.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import im.magpie.infrastructure.InfrastructureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What members write and run; the servers themselves are not needed for it, but their programs are. */
class PreparationTest {

    @TempDir
    Path folder;

    @Test
    void keepsTheBrokersPasswordInAFileOfItsOwner() throws IOException {
        assumeThat(Programs.missingPackages()).doesNotContain("rabbitmq-server");

        var launch = new RabbitMq(1, 2, 3, 4, "secret").prepare(folder);

        assertThat(Files.readString(folder.resolve("rabbitmq.conf")))
                .contains("listeners.tcp.1 = 127.0.0.1:1", "management.tcp.port = 2", "default_pass = secret");
        assertThat(launch.command()).contains(folder + "/").noneMatch(argument -> argument.contains("secret"));
        assertThat(launch.environment())
                .containsEntry("RABBITMQ_DIST_PORT", "3")
                .containsEntry("ERL_EPMD_PORT", "4")
                .doesNotContainValue("secret");
    }

    @Test
    void makesAReplicaFollow() throws IOException {
        assumeThat(Programs.missingPackages()).doesNotContain("redis-server");

        new Redis("redis-replica", 1, "secret", true, OptionalInt.of(2)).prepare(folder);

        assertThat(Files.readString(folder.resolve("redis.conf")))
                .contains("replicaof 127.0.0.1 2", "requirepass secret", "masterauth secret", "repl-backlog-ttl 0");
    }

    @Test
    void leavesWhoFollowsWhomToTheSentinel() throws IOException {
        assumeThat(Programs.missingPackages()).doesNotContain("redis-server");
        var sentinel = new Sentinel(3, "secret", 1);
        sentinel.prepare(folder);
        new Redis("redis-replica", 2, "secret", true, OptionalInt.of(1)).prepare(folder);
        var written = List.of(folder.resolve("sentinel.conf"), folder.resolve("redis.conf"));
        for (var file : written) {
            Files.writeString(file, "# decided since then\n");
        }

        sentinel.prepare(folder);
        new Redis("redis-replica", 2, "secret", true, OptionalInt.of(1)).prepare(folder);

        assertThat(written).allSatisfy(file -> assertThat(file).hasContent("# decided since then"));
    }

    @Test
    void letsErlangsDirectoryBeToldFromOthersOfTheMachine() throws IOException {
        assumeThat(Programs.missingPackages()).doesNotContain("rabbitmq-server");

        var program = Path.of(new Epmd(1).prepare(folder).command().getFirst());

        assertThat(program).startsWithRaw(folder).isExecutable();
    }

    @Test
    void saysWhichModuleIsNotBuilt() {
        var nacos = new Nacos(1, new JavaPrograms(folder));

        assertThatThrownBy(() -> nacos.prepare(folder))
                .isInstanceOf(InfrastructureException.class)
                .hasMessageStartingWith("im-nacos-server is not built: there is no " + folder);
    }
}
