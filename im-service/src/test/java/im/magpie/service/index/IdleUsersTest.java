package im.magpie.service.index;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.IndexVersion;
import im.magpie.common.partition.Partitions;
import im.magpie.common.user.UserKey;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RBucket;
import org.redisson.api.RMap;
import org.redisson.client.codec.StringCodec;

class IdleUsersTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final UserKey BOB = new UserKey("app", "bob");
    private static final IndexVersion NOTHING = IndexVersion.getDefaultInstance();
    private static final String TALK = "private_alice_bob";
    private static final String OTHER = "private_alice_carol";

    private final MembershipMapper memberships = database.mapper(MembershipMapper.class);
    private Epochs epochs;
    private UserIndexes indexes;
    private IdleUsers idle;

    @BeforeEach
    void start() {
        epochs = TestEpochs.over(redis.scripts(), new MemoryStore());
        var scripts = new PartitionScripts(redis.scripts(), epochs);
        indexes = new UserIndexes(scripts, new Partitions(1, 1, 1), memberships);
        idle = new IdleUsers(scripts, Duration.ZERO);
    }

    @Test
    void whoIsAwayLeavesNothingAndComesBackFromTheDatabase() {
        memberships.insertMissing(List.of(new Member(ALICE, TALK), new Member(ALICE, OTHER)));
        raise(ALICE, TALK);
        var known = page(ALICE, NOTHING).version();

        letGo();

        assertThat(map("version").readAllKeySet()).containsExactly("floor");
        assertThat(map("start").readAllKeySet()).isEmpty();
        assertThat(map("idle").readAllKeySet()).isEmpty();
        assertThat(key("index:" + ALICE).isExists()).isFalse();
        var page = page(ALICE, known);
        assertThat(page.conversations()).containsExactlyInAnyOrder(TALK, OTHER);
        assertThat(page.version().getEpoch()).isEqualTo(known.getEpoch());
        assertThat(page.version().getCounter()).isGreaterThan(known.getCounter());
        assertThat(page(ALICE, page.version()).conversations()).isEmpty();
    }

    @Test
    void whatChangedWhileHeWasAwayIsNotMissed() {
        memberships.insertMissing(List.of(new Member(ALICE, TALK), new Member(ALICE, OTHER)));
        raise(ALICE, TALK, OTHER, TALK, OTHER);
        var known = page(ALICE, NOTHING).version();
        letGo();

        raise(ALICE, TALK);

        var page = page(ALICE, known);
        assertThat(page.conversations()).contains(TALK);
        assertThat(page.version().getCounter()).isGreaterThan(known.getCounter());
    }

    @Test
    void aDeviceThatHadNotHeardOfEverythingTakesTheWholeList() {
        memberships.insertMissing(List.of(new Member(ALICE, TALK)));
        raise(ALICE, TALK);
        var behind = page(ALICE, NOTHING).version();
        raise(ALICE, OTHER);
        assertThat(page(ALICE, behind).full()).isFalse();
        letGo();

        var page = page(ALICE, behind);

        assertThat(page.full()).isTrue();
        assertThat(page.conversations()).containsExactly(TALK);
        assertThat(page(ALICE, page.version()).full()).isFalse();
    }

    @Test
    void pagesOfTheWholeListFollowEachOtherToItsEnd() {
        memberships.insertMissing(members(7));
        raise(ALICE, "private_alice_u0003");
        var behind = page(ALICE, NOTHING).version();
        raise(ALICE, "private_alice_u0005");
        letGo();

        var conversations = new ArrayList<String>();
        var page = indexes.page(ALICE, behind, 2);
        assertThat(page.full()).isTrue();
        for (conversations.addAll(page.conversations()); page.more(); conversations.addAll(page.conversations())) {
            page = indexes.page(ALICE, page.version(), 2);
        }

        assertThat(conversations).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void versionsGrowWhoeverCameAndWent() {
        raise(BOB, TALK);
        var bobs = page(BOB, NOTHING).version();
        for (var i = 0; i < 25; i++) {
            raise(ALICE, TALK);
            raise(ALICE, OTHER);
        }
        raise(ALICE, TALK);
        letGo();
        raise(BOB, "private_bob_carol");

        var page = page(BOB, bobs);

        assertThat(page.version().getCounter()).isGreaterThan(51);
        assertThat(page.conversations()).containsExactly("private_bob_carol");
    }

    @Test
    void whoHasASessionStays() {
        raise(ALICE, TALK);
        map("session").put(ALICE.toString(), "6/browser node-1 42 1000\n");
        letGo();
        assertThat(key("index:" + ALICE).isExists()).isTrue();
        assertThat(map("idle").readAllKeySet()).isEmpty();

        map("session").delete();
        idle.letGo(0);
        assertThat(key("index:" + ALICE).isExists()).as("he has only just gone").isTrue();
        idle.letGo(0);
        assertThat(key("index:" + ALICE).isExists()).isFalse();
    }

    @Test
    void whoHasNewsStays() {
        raise(ALICE, TALK);
        idle.letGo(0);
        raise(ALICE, OTHER);
        idle.letGo(0);

        assertThat(key("index:" + ALICE).isExists()).isTrue();
    }

    @Test
    void nobodyLeavesBeforeHisTime() {
        var patient = new IdleUsers(new PartitionScripts(redis.scripts(), epochs), Duration.ofHours(1));
        raise(ALICE, TALK);
        patient.letGo(0);
        patient.letGo(0);
        assertThat(key("index:" + ALICE).isExists()).isTrue();

        var hourAgo = redis.scripts().timeMillis() - Duration.ofHours(1).toMillis();
        map("idle").put(ALICE.toString(), map("version").get(ALICE.toString()) + " " + hourAgo);
        patient.letGo(0);

        assertThat(key("index:" + ALICE).isExists()).isFalse();
    }

    @Test
    void watermarksLeaveOnceTheyAreWritten() {
        var field = ALICE + " " + TALK;
        raise(ALICE, TALK);
        map("mark").put(field, "3 2 2");
        map("mark").put(BOB + " " + TALK, "3 3 3");
        var dirty = redis.client().<String>getSet(name("dirty"), StringCodec.INSTANCE);
        dirty.add(field);
        letGo();
        assertThat(map("mark").get(field)).as("MySQL does not have it yet").isEqualTo("3 2 2");
        assertThat(key("index:" + ALICE).isExists()).isTrue();

        dirty.remove(field);
        idle.letGo(0);

        assertThat(map("mark").readAllMap()).isEqualTo(Map.of(BOB + " " + TALK, "3 3 3"));
    }

    @Test
    void aLargeIndexLeavesInPieces() {
        memberships.insertMissing(members(2_500));
        var known = page(ALICE, NOTHING).version();
        idle.letGo(0);

        assertThat(idle.letGo(0)).isTrue();

        var index = redis.client().getScoredSortedSet(name("index:" + ALICE), StringCodec.INSTANCE);
        assertThat(index.size()).isEqualTo(1_500);
        assertThat(page(ALICE, NOTHING).conversations())
                .as("he is back in the middle")
                .hasSize(2_500);
        assertThat(page(ALICE, known).version().getCounter()).isGreaterThan(known.getCounter());
        assertThat(map("idle").containsKey(ALICE.toString())).isTrue();

        idle.letGo(0);
        for (var steps = 0; idle.letGo(0); steps++) {
            assertThat(steps).isLessThan(5);
        }
        assertThat(index.isExists()).isFalse();
        assertThat(page(ALICE, NOTHING).conversations()).hasSize(2_500);
    }

    @Test
    void everybodyIsLookedThrough() {
        for (var i = 0; i < 1_500; i++) {
            raise(new UserKey("app", "user" + i), TALK);
        }
        for (var rounds = 0; rounds < 2; rounds++) {
            while (idle.letGo(0)) {
                assertThat(map("version").size()).isPositive();
            }
        }

        assertThat(map("version").readAllMap()).isEqualTo(Map.of("floor", "1"));
    }

    /** Looks through everybody twice: the second time those leave who have not changed since the first. */
    private void letGo() {
        idle.letGo(0);
        idle.letGo(0);
    }

    private static List<Member> members(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Member(ALICE, "private_alice_u%04d".formatted(i)))
                .toList();
    }

    private IndexPage page(UserKey user, IndexVersion since) {
        return indexes.page(user, since, 5_000);
    }

    private void raise(UserKey user, String... conversations) {
        for (var conversation : conversations) {
            indexes.raise(List.of(new Touch(user, conversation)));
        }
    }

    private RMap<String, String> map(String name) {
        return redis.client().getMap(name(name), StringCodec.INSTANCE);
    }

    private RBucket<String> key(String name) {
        return redis.client().getBucket(name(name));
    }

    private String name(String name) {
        return Partition.ofUsers(0).key(epochs.current(Partition.ofUsers(0)), name);
    }
}
