package im.magpie.service.index;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ClientType;
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
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;

class UserIndexesTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final UserKey BOB = new UserKey("app", "bob");
    private static final IndexVersion NOTHING = IndexVersion.getDefaultInstance();

    private final MembershipMapper memberships = database.mapper(MembershipMapper.class);
    private Epochs epochs;
    private UserIndexes indexes;

    @BeforeEach
    void start() {
        epochs = TestEpochs.over(redis.scripts(), new MemoryStore());
        var scripts = new PartitionScripts(redis.scripts(), epochs);
        indexes = new UserIndexes(scripts, new Partitions(1, 1, 1), memberships);
    }

    @Test
    void nothingIsNewToANewUser() {
        var page = indexes.page(ALICE, NOTHING, 10);

        assertThat(page.conversations()).isEmpty();
        assertThat(page.more()).isFalse();
    }

    @Test
    void aPageSaysSinceWhenTheListOfGroupsOutsideIsTheSame() {
        raise(ALICE, "private_alice_bob");
        var before = indexes.page(ALICE, NOTHING, 10);
        raise(ALICE, "private_alice_bob");
        assertThat(indexes.page(ALICE, NOTHING, 10).moved()).isEqualTo(before.moved());

        indexes.raise(List.of(new Touch(ALICE, "group_large", true), new Touch(BOB, "group_large")));

        var after = indexes.page(ALICE, NOTHING, 10);
        assertThat(after.moved()).isGreaterThan(before.moved());
        raise(ALICE, "private_alice_bob");
        assertThat(indexes.page(ALICE, NOTHING, 10).moved()).isEqualTo(after.moved());
        assertThat(indexes.page(BOB, NOTHING, 10).moved()).isZero();
    }

    @Test
    void whatChangesLastComesLast() {
        raise(ALICE, "private_alice_bob", "private_alice_carol");
        raise(ALICE, "private_alice_bob");

        assertThat(indexes.page(ALICE, NOTHING, 10).conversations())
                .containsExactly("private_alice_carol", "private_alice_bob");
    }

    @Test
    void aDeviceHearsOnlyOfWhatItDoesNotHave() {
        raise(ALICE, "private_alice_bob", "private_alice_carol");
        var known = indexes.page(ALICE, NOTHING, 10).version();
        raise(ALICE, "private_alice_carol");
        var page = indexes.page(ALICE, known, 10);

        assertThat(page.full()).isFalse();
        assertThat(page.conversations()).containsExactly("private_alice_carol");
        assertThat(indexes.page(ALICE, page.version(), 10).conversations()).isEmpty();
    }

    @Test
    void whatIsNewAlreadyIsRaisedOnceUntilADeviceHasHeardOfIt() {
        raise(ALICE, "private_alice_bob");
        raise(ALICE, "private_alice_bob");
        var first = indexes.page(ALICE, NOTHING, 10).version();
        assertThat(first.getCounter()).isOne();

        raise(ALICE, "private_alice_bob");
        assertThat(indexes.page(ALICE, first, 10).conversations()).containsExactly("private_alice_bob");
    }

    @Test
    void everyDeviceHearsOfAllThatChangedSinceItLastAsked() {
        var random = new Random(11);
        var versions = new IndexVersion[] {NOTHING, NOTHING, NOTHING};
        var changed =
                Stream.generate(HashSet<String>::new).limit(versions.length).toList();
        for (var step = 0; step < 600; step++) {
            if (random.nextInt(3) > 0) {
                var conversation = "c" + random.nextInt(4);
                raise(ALICE, conversation);
                changed.forEach(set -> set.add(conversation));
            } else {
                var device = random.nextInt(versions.length);
                var page = indexes.page(ALICE, versions[device], 1 + random.nextInt(3));
                versions[device] = page.version();
                changed.get(device).removeAll(page.conversations());
                if (!page.more()) {
                    assertThat(changed.get(device)).as("step %d", step).isEmpty();
                }
            }
        }
    }

    @Test
    void usersDoNotHearOfEachOthersConversations() {
        raise(ALICE, "private_alice_carol");
        raise(BOB, "private_bob_carol");

        assertThat(indexes.page(BOB, NOTHING, 10).conversations()).containsExactly("private_bob_carol");
    }

    @Test
    void pagesFollowEachOtherWithoutLossOrRepetition() {
        raise(ALICE, "c1", "c2", "c3", "c4", "c5");
        var first = indexes.page(ALICE, NOTHING, 2);
        var second = indexes.page(ALICE, first.version(), 2);
        var third = indexes.page(ALICE, second.version(), 2);

        assertThat(first.more()).isTrue();
        assertThat(second.more()).isTrue();
        assertThat(third.more()).isFalse();
        assertThat(List.of(first.conversations(), second.conversations(), third.conversations()))
                .containsExactly(List.of("c1", "c2"), List.of("c3", "c4"), List.of("c5"));
    }

    @Test
    void anIndexIsBuiltFromTheDatabaseUnderWhatWasRaisedBefore() {
        memberships.insertMissing(IntStream.range(0, 1_200)
                .mapToObj(i -> new Member(ALICE, "private_alice_u%04d".formatted(i)))
                .toList());
        raise(ALICE, "private_alice_u0003");
        var page = indexes.page(ALICE, NOTHING, 5_000);

        assertThat(page.conversations()).hasSize(1_200).doesNotHaveDuplicates().startsWith("private_alice_u0003");
    }

    @Test
    void afterTheLossOfRedisADeviceTakesTheWholeList() {
        memberships.insertMissing(List.of(new Member(ALICE, "private_alice_bob")));
        var known = indexes.page(ALICE, NOTHING, 10).version();
        redis.flush();
        var page = indexes.page(ALICE, known, 10);

        assertThat(page.full()).isTrue();
        assertThat(page.conversations()).containsExactly("private_alice_bob");
        assertThat(page.version().getEpoch()).isGreaterThan(known.getEpoch());
    }

    @Test
    void raisingTellsWhereTheDevicesAre() {
        indexes.routes(List.of(BOB));
        redis.client()
                .getMap(Partition.ofUsers(0).key(epochs.current(Partition.ofUsers(0)), "session"), StringCodec.INSTANCE)
                .put("app/bob", "6/browser node-1-xyz 42 1000\n");

        assertThat(raise(BOB, "private_alice_bob"))
                .containsExactly(new DeviceRoute(BOB, ClientType.WEB, "browser", "node-1-xyz", 42));
        assertThat(indexes.routes(List.of(ALICE, BOB)).get(ALICE)).isEmpty();
    }

    private List<DeviceRoute> raise(UserKey user, String... conversations) {
        var touches =
                List.of(conversations).stream().map(id -> new Touch(user, id)).toList();
        return indexes.raise(touches).getOrDefault(user, List.of());
    }
}
