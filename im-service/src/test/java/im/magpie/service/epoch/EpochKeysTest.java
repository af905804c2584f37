package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.epoch.EpochKey.State;
import im.magpie.service.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

class EpochKeysTest {

    private static final Partition PARTITION = Partition.ofConversations(5);

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final EpochKeys keys = new EpochKeys(REDIS.scripts());

    private String replid() {
        return keys.read(PARTITION).master();
    }

    private void assertKey(long epoch, State state) {
        assertThat(keys.read(PARTITION).epoch()).isEqualTo(epoch);
        assertThat(keys.read(PARTITION).state()).isEqualTo(state);
    }

    @Test
    void aPartitionWithoutAKeyHasNoEpoch() {
        assertThat(keys.read(PARTITION)).isEqualTo(new EpochKey(replid(), 0, "", State.NONE, "", false));
        assertThat(replid()).hasSize(40);
    }

    @Test
    void beginsAndOpens() {
        assertThat(keys.begin(PARTITION, 7, replid())).isTrue();
        var begun = keys.read(PARTITION);
        assertThat(begun.state()).isEqualTo(State.OPENING);
        assertThat(begun.isOpen()).isFalse();
        assertThat(begun.isBeginningOf(new EpochRow(7, replid(), 0))).isTrue();
        assertThat(begun.isBeginningOf(new EpochRow(8, replid(), 0))).isFalse();
        assertThat(begun.isBeginningOf(new EpochRow(7, "elsewhere", 0))).isFalse();

        assertThat(keys.open(PARTITION, begun)).isTrue();
        assertThat(keys.read(PARTITION).isOpen()).isTrue();
        assertThat(keys.open(PARTITION, begun)).as("again").isTrue();
    }

    @Test
    void beginsNothingForAnotherRedis() {
        assertThat(keys.begin(PARTITION, 7, "0123456789012345678901234567890123456789"))
                .isFalse();
        assertKey(0, State.NONE);
    }

    @Test
    void neverGoesBack() {
        keys.begin(PARTITION, 7, replid());
        keys.open(PARTITION, keys.read(PARTITION));
        assertThat(keys.begin(PARTITION, 6, replid())).isFalse();
        assertThat(keys.begin(PARTITION, 7, replid())).isFalse();
        assertKey(7, State.OPEN);
        assertThat(keys.begin(PARTITION, 8, replid())).isTrue();
        assertKey(8, State.OPENING);
    }

    @Test
    void aKeyFromAnotherRedisIsOverwritten() {
        keys.begin(PARTITION, 7, replid());
        REDIS.client()
                .<String, String>getMap(PARTITION.epochKey(), StringCodec.INSTANCE)
                .put("replid", "0123456789012345678901234567890123456789");
        assertThat(keys.read(PARTITION).isOpen()).isFalse();
        assertThat(keys.begin(PARTITION, 5, replid())).isTrue();
        assertKey(5, State.OPENING);
    }

    @Test
    void opensOnlyWhatWasSeenToBegin() {
        keys.begin(PARTITION, 7, replid());
        var seen = keys.read(PARTITION);
        keys.begin(PARTITION, 8, replid());
        assertThat(keys.open(PARTITION, seen)).as("a later epoch").isFalse();

        REDIS.flush();
        assertThat(keys.open(PARTITION, seen)).as("nothing there").isFalse();
        keys.begin(PARTITION, 7, replid());
        assertThat(keys.open(PARTITION, seen)).as("the same epoch begun again").isFalse();
        assertKey(7, State.OPENING);
    }
}
