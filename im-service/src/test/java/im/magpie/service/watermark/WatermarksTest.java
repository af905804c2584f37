package im.magpie.service.watermark;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.partition.Partitions;
import im.magpie.common.user.UserKey;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.options.KeysScanOptions;

class WatermarksTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final Member ALICE = new Member(new UserKey("app", "alice"), "private_alice_bob");
    private static final Partitions ONE = new Partitions(1, 1, 1);

    private final MembershipMapper memberships = database.mapper(MembershipMapper.class);
    private Watermarks watermarks;
    private WatermarkWriter writer;

    @BeforeEach
    void start() {
        var epochs = TestEpochs.over(redis.scripts(), new MemoryStore());
        var scripts = new PartitionScripts(redis.scripts(), epochs);
        watermarks = new Watermarks(scripts, ONE, memberships);
        writer = new WatermarkWriter(scripts, ONE, memberships);
    }

    @Test
    void nobodyHasReadAnythingAtFirst() {
        assertThat(watermarks.of(List.of(ALICE))).containsEntry(ALICE, Watermark.NONE);
    }

    @Test
    void aWatermarkRisesAndNeverFalls() {
        assertThat(raise(7, 5, 4)).isEqualTo(new Raised(ALICE, true, true, new Watermark(7, 5, 4)));
        assertThat(raise(6, 3, 2)).isEqualTo(new Raised(ALICE, false, false, new Watermark(7, 5, 4)));
        assertThat(raise(8, 5, 4)).isEqualTo(new Raised(ALICE, true, false, new Watermark(8, 5, 4)));
    }

    @Test
    void whatIsReadIsDelivered() {
        assertThat(raise(0, 9, 9).now()).isEqualTo(new Watermark(9, 9, 9));
    }

    @Test
    void severalForOneMemberAreMerged() {
        var raises = List.of(new Raise(ALICE, new Watermark(4, 0, 0)), new Raise(ALICE, new Watermark(2, 2, 2)));

        assertThat(watermarks.raise(raises)).containsExactly(new Raised(ALICE, true, true, new Watermark(4, 2, 2)));
    }

    @Test
    void whatWasWrittenOutlivesRedis() {
        raise(7, 5, 4);
        writer.write();
        redis.flush();

        assertThat(watermarks.of(List.of(ALICE))).containsEntry(ALICE, new Watermark(7, 5, 4));
        assertThat(raise(6, 6, 5)).isEqualTo(new Raised(ALICE, false, true, new Watermark(7, 6, 5)));
    }

    @Test
    void whatMySqlHasDidNotRise() {
        raise(7, 5, 4);
        writer.write();
        redis.flush();

        assertThat(raise(6, 3, 2)).isEqualTo(new Raised(ALICE, false, false, new Watermark(7, 5, 4)));
        assertThat(redis.client().getKeys().getKeys(KeysScanOptions.defaults().pattern("*:dirty")))
                .as("there is nothing to be written")
                .isEmpty();
        assertThat(raise(8, 3, 2)).isEqualTo(new Raised(ALICE, true, false, new Watermark(8, 5, 4)));
    }

    @Test
    void manyAreWrittenInBatchesAndEachOnlyOnce() {
        var members = IntStream.range(0, 1_300)
                .mapToObj(i -> new Member(new UserKey("app", "user" + i), "private_alice_user" + i))
                .toList();
        watermarks.raise(
                members.stream().map(m -> new Raise(m, new Watermark(3, 0, 0))).toList());
        writer.write();

        assertThat(memberships.rows(members))
                .hasSize(1_300)
                .allSatisfy(row -> assertThat(row.deliveredSequence()).isEqualTo(3));
        assertThat(redis.client().getKeys().getKeys(KeysScanOptions.defaults().pattern("*:dirty")))
                .isEmpty();
    }

    private Raised raise(long delivered, long read, long readOrdinal) {
        return watermarks
                .raise(List.of(new Raise(ALICE, new Watermark(delivered, read, readOrdinal))))
                .getFirst();
    }
}
