package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

class OldEpochsTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Epochs epochs = TestEpochs.over(REDIS.scripts(), new MemoryStore());
    private final OldEpochs old = new OldEpochs(REDIS.client(), new PartitionScripts(REDIS.scripts(), epochs), epochs);

    private static void put(String key) {
        REDIS.client().getBucket(key, StringCodec.INSTANCE).set("value");
    }

    /** Has every partition in its second epoch. */
    private void advance(Partition partition) {
        epochs.current(partition);
        REDIS.client().getKeys().delete(partition.epochKey());
        epochs.after(partition, 1);
    }

    @Test
    void unlinksOldKeysAFewAtATimeAndNothingElse() {
        advance(Partition.ofConversations(0));
        advance(Partition.ofUsers(1));
        for (var i = 0; i < 5; i++) {
            put("{c:0}:1:mark:" + i);
            put("{u:1}:1:session:app/" + i);
        }
        put("{c:0}:2:head");
        put("{c:0}:3:head");
        put("{c:9}:1:head");
        put("somebody else's");

        assertThat(old.unlink(6)).isEqualTo(6);
        assertThat(old.unlink(6)).isEqualTo(4);
        assertThat(old.unlink(6)).isZero();
        assertThat(REDIS.client().getKeys().getKeysStream())
                .containsExactlyInAnyOrder(
                        "{c:0}:epoch",
                        "{u:1}:epoch",
                        "{c:0}:2:head",
                        "{c:0}:3:head",
                        "{c:9}:1:head",
                        "somebody else's");
    }

    @Test
    void looksAgainOnlyWhenAnEpochWasLearned() {
        advance(Partition.ofConversations(0));
        assertThat(old.unlink(10)).isZero();
        put("{c:0}:1:head");
        assertThat(old.unlink(10)).isZero();
        advance(Partition.ofUsers(0));
        assertThat(old.unlink(10)).isEqualTo(1);
    }
}
