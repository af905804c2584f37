package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.service.redis.Script;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

class PreludeTest {

    private static final Partition PARTITION = Partition.ofUsers(3);
    private static final Script UNLINK = Script.ofPartition("unlink_old");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Epochs epochs = TestEpochs.over(REDIS.scripts(), new MemoryStore());
    private final PartitionScripts scripts = new PartitionScripts(REDIS.scripts(), epochs);

    private RMap<String, String> key() {
        return REDIS.client().getMap(PARTITION.epochKey(), StringCodec.INSTANCE);
    }

    private boolean runs(long epoch) {
        var witness = REDIS.client().<String>getBucket("{u:3}:witness", StringCodec.INSTANCE);
        witness.set("here");
        var name = List.of("{u:3}:witness".getBytes(StandardCharsets.UTF_8));
        try {
            assertThat(scripts.runIn(PARTITION, epoch, UNLINK, List.of(), name).number(0))
                    .isEqualTo(1);
            assertThat(witness.isExists()).isFalse();
            return true;
        } catch (StaleEpochException _) {
            assertThat(witness.get()).as("nothing is changed").isEqualTo("here");
            return false;
        }
    }

    @Test
    void runsInTheOpenEpochOnly() {
        var epoch = epochs.current(PARTITION);
        assertThat(runs(epoch)).isTrue();
        assertThat(runs(epoch + 1)).isFalse();
        assertThat(runs(epoch - 1)).isFalse();
    }

    @Test
    void isStaleWithoutAKey() {
        var epoch = epochs.current(PARTITION);
        REDIS.flush();
        assertThat(runs(epoch)).isFalse();
    }

    @Test
    void isStaleWhileTheEpochIsOpening() {
        var epoch = epochs.current(PARTITION);
        key().put("state", "opening");
        assertThat(runs(epoch)).isFalse();
    }

    @Test
    void isStaleOnAnotherRedis() {
        var epoch = epochs.current(PARTITION);
        key().put("replid", "0123456789012345678901234567890123456789");
        assertThat(runs(epoch)).isFalse();
    }

    @Test
    void aCallInTheCurrentEpochOpensTheNext() {
        var first = scripts.run(PARTITION, UNLINK, List.of(), List.of("a".getBytes(StandardCharsets.UTF_8)));
        REDIS.flush();
        var second = scripts.run(PARTITION, UNLINK, List.of(), List.of("a".getBytes(StandardCharsets.UTF_8)));
        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
        assertThatThrownBy(() -> scripts.runIn(PARTITION, first.epoch(), UNLINK, List.of(), List.of()))
                .isInstanceOf(StaleEpochException.class);
    }
}
