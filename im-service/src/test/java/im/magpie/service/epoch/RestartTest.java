package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.magpie.service.redis.RedisScripts;
import im.magpie.service.redis.Script;
import im.magpie.service.testing.MemoryEpochRows;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.RedisProcess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.redisson.api.RedissonClient;

/** Redis comes back, with what it had or with less. */
class RestartTest {

    private static final Partition PARTITION = Partition.ofConversations(0);
    private static final Script UNLINK = Script.ofPartition("unlink_old");

    private final RedisProcess process = RedisProcess.start();
    private final RedissonClient client = process.connect();
    private final MemoryStore store = new MemoryStore();
    private final RedisScripts scripts = new RedisScripts(client, new SimpleMeterRegistry());
    private final MemoryEpochRows rows = new MemoryEpochRows();
    private final EpochOpener opener = opener(null);

    private EpochOpener opener(@Nullable Duration fence) {
        return new EpochOpener(
                scripts, rows, store, store, new EpochSettings(fence, Duration.ZERO, Duration.ofSeconds(5)));
    }

    @AfterEach
    void stop() {
        client.shutdown();
        process.close();
    }

    private void assertStale(long epoch) {
        var partitionScripts = new PartitionScripts(scripts, new Epochs(opener::open));
        assertThatThrownBy(() -> partitionScripts.runIn(
                        PARTITION, epoch, UNLINK, List.of(), List.of("a".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(StaleEpochException.class);
    }

    @Test
    void aRestartIsAnotherLife() {
        assertThat(opener.open(PARTITION)).isEqualTo(1);
        process.stop();
        process.resume();
        assertStale(1);
        assertThat(opener.open(PARTITION)).isEqualTo(2);
        assertStale(1);
    }

    @Test
    void olderDataBringNoOldEpochBack() {
        assertThat(opener.open(PARTITION)).isEqualTo(1);
        process.stop();
        process.keepCopy();
        process.resume();
        assertThat(opener.open(PARTITION)).isEqualTo(2);
        process.stop();
        process.bringBackCopy();
        process.resume();

        assertStale(1);
        assertStale(2);
        assertThat(opener.open(PARTITION)).isEqualTo(3);
        assertStale(1);
    }

    @Test
    void aPromotedReplicaIsAnotherLifeAndWaitsForTheOldMaster() {
        assertThat(opener.open(PARTITION)).isEqualTo(1);
        try (var replica = process.startReplica()) {
            var replicaClient = replica.connect();
            var keys = new EpochKeys(new RedisScripts(replicaClient, new SimpleMeterRegistry()));
            await().until(() -> new EpochKeys(scripts).read(PARTITION).replicated());
            // A master's first replica makes its replication id new, which costs an epoch.
            assertThat(opener(Duration.ZERO).open(PARTITION)).isEqualTo(2);
            await().until(() -> keys.read(PARTITION).isOpen());

            replica.promote();
            var promoted = keys.read(PARTITION);
            assertThat(promoted.isOpen()).isFalse();
            assertThat(promoted.epoch()).isEqualTo(2);
            assertThat(promoted.replicated())
                    .as("though it has no replica itself")
                    .isTrue();
            replicaClient.shutdown();
        }
    }
}
