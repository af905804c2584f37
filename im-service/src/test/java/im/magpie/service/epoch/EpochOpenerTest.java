package im.magpie.service.epoch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.BarrierQuery;
import im.magpie.service.epoch.Interrupted.Death;
import im.magpie.service.epoch.Interrupted.Moment;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.client.codec.StringCodec;

class EpochOpenerTest {

    private static final Partition PARTITION = Partition.ofConversations(2);

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private final EpochRows rows = DATABASE.mapper(EpochRows.class);
    private final MemoryStore store = new MemoryStore();

    private static EpochSettings settings(Duration patience) {
        return new EpochSettings(null, patience, Duration.ofSeconds(5));
    }

    private EpochOpener opener(EpochSettings settings) {
        return new EpochOpener(REDIS.scripts(), rows, store, store, settings);
    }

    private EpochOpener opener() {
        return opener(settings(Duration.ZERO));
    }

    private EpochOpener opener(Interrupted interrupted) {
        return interrupted.opener(REDIS.scripts(), rows, store, settings(Duration.ZERO));
    }

    private EpochKey key() {
        return new EpochKeys(REDIS.scripts()).read(PARTITION);
    }

    private EpochRow row() {
        return Objects.requireNonNull(rows.find("c", PARTITION.number()));
    }

    private long barrier() {
        return store.committedBarrier(BarrierQuery.newBuilder()
                        .setPartition(PARTITION.number())
                        .build())
                .getEpoch();
    }

    /** What must hold of an epoch that somebody was told is open, and that nobody has emptied since. */
    private void assertOpen(long epoch) {
        assertThat(key().isOpen()).isTrue();
        assertThat(key().epoch()).isEqualTo(epoch);
        assertThat(row().epoch()).isEqualTo(epoch);
        assertThat(row().replid()).isEqualTo(key().master());
        assertThat(barrier()).isEqualTo(epoch);
    }

    @Test
    void opensTheFirstEpochOnceForAll() {
        assertThat(opener().open(PARTITION)).isEqualTo(1);
        assertThat(opener().open(PARTITION)).isEqualTo(1);
        assertOpen(1);
    }

    @Test
    void opensTheNextOnAnEmptiedRedis() {
        opener().open(PARTITION);
        REDIS.flush();
        assertThat(opener().open(PARTITION)).isEqualTo(2);
        assertOpen(2);
    }

    @Test
    void aUserPartitionNeedsNoBarrier() {
        var users = Partition.ofUsers(2);
        store.down(true);
        assertThat(opener().open(users)).isEqualTo(1);
        assertThat(new EpochKeys(REDIS.scripts()).read(users).isOpen()).isTrue();
        store.down(false);
        assertThat(barrier()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void finishesWhenRedisIsEmptiedInBetween(Moment moment) {
        opener().open(PARTITION);
        REDIS.flush();
        var interrupted = new Interrupted(moment, REDIS::flush);
        var epoch = opener(interrupted).open(PARTITION);
        assertThat(interrupted.happened()).isTrue();
        assertThat(epoch).isGreaterThan(1);
        assertOpen(epoch);
    }

    @ParameterizedTest
    @EnumSource
    void anotherFinishesWhatADeadOpenerBegan(Moment moment) {
        opener().open(PARTITION);
        REDIS.flush();
        var dying = opener(new Interrupted(moment, () -> {
            throw new Death();
        }));
        assertThatThrownBy(() -> dying.open(PARTITION)).isInstanceOf(Death.class);
        var epoch = opener().open(PARTITION);
        assertThat(epoch).isBetween(2L, 3L);
        assertOpen(epoch);
    }

    /** The stalled one goes on when another has opened, and Redis was emptied once more. */
    @ParameterizedTest
    @EnumSource
    void aStalledOpenerNeverBringsBackAnEpoch(Moment moment) {
        opener().open(PARTITION);
        REDIS.flush();
        var seen = new HashSet<Long>();
        var stalled = opener(new Interrupted(moment, () -> {
            seen.add(opener().open(PARTITION));
            REDIS.flush();
        }));
        var epoch = stalled.open(PARTITION);
        assertThat(seen).hasSize(1).allMatch(older -> older < epoch);
        assertOpen(epoch);
    }

    @ParameterizedTest
    @EnumSource
    void aStalledOpenerTakesWhatAnotherHasOpened(Moment moment) {
        opener().open(PARTITION);
        REDIS.flush();
        var others = new HashSet<Long>();
        var stalled = opener(new Interrupted(moment, () -> others.add(opener().open(PARTITION))));
        assertThat(stalled.open(PARTITION))
                .isGreaterThanOrEqualTo(others.iterator().next());
        assertOpen(key().epoch());
    }

    @Test
    void racingOpenersAgree() throws Exception {
        opener().open(PARTITION);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var round = 2; round < 7; round++) {
                REDIS.flush();
                Callable<Long> racer =
                        () -> opener(settings(Duration.ofSeconds(1))).open(PARTITION);
                var epochs = new HashSet<Long>();
                for (var future :
                        threads.invokeAll(Stream.generate(() -> racer).limit(8).toList())) {
                    epochs.add(future.get());
                }
                assertThat(epochs).containsExactly(key().epoch());
                assertOpen(key().epoch());
                // A row as old as an epoch usually is when Redis is emptied.
                age(Duration.ofSeconds(2));
            }
        }
    }

    private void age(Duration age) throws SQLException {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE partition_epoch SET opened_at = opened_at - INTERVAL " + age.toSeconds() + " SECOND");
        }
    }

    @Test
    void leavesAnEpochThatWasJustTakenToItsTaker() throws Exception {
        rows.create("c", PARTITION.number());
        rows.take("c", PARTITION.number(), 0, 1, key().master());
        var hurried = opener(new EpochSettings(null, Duration.ofSeconds(30), Duration.ofMillis(200)));
        assertThatThrownBy(() -> hurried.open(PARTITION)).isInstanceOf(MagpieException.class);
        age(Duration.ofSeconds(31));
        assertThat(hurried.open(PARTITION)).isEqualTo(2);
    }

    @Test
    void waitsForTheBarrierAndBurnsNoNumberMeanwhile() {
        store.prompt(false);
        var hurried = opener(new EpochSettings(null, Duration.ZERO, Duration.ofMillis(200)));
        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> hurried.open(PARTITION))
                    .isInstanceOfSatisfying(
                            MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
        }
        store.commit(10);
        assertThat(hurried.open(PARTITION)).isEqualTo(1);
        assertOpen(1);
    }

    @Test
    void isUnavailableWhileTheStoreIs() {
        store.down(true);
        assertThatThrownBy(() -> opener().open(PARTITION)).isInstanceOf(MagpieException.class);
        store.down(false);
        assertThat(opener().open(PARTITION)).isEqualTo(1);
    }

    @Test
    void sendsTheBarrierOnlyWhenTheFenceHasPassed() {
        var fence = Duration.ofMillis(300);
        var interrupted = new Interrupted(
                Moment.BARRIER_UNSENT, () -> assertThat(row().ageMillis()).isGreaterThanOrEqualTo(fence.toMillis()));
        var opener = interrupted.opener(
                REDIS.scripts(), rows, store, new EpochSettings(fence, Duration.ZERO, Duration.ofSeconds(5)));
        assertThat(opener.open(PARTITION)).isEqualTo(1);
        assertThat(interrupted.happened()).isTrue();
    }

    @Test
    void givesNoNumberTwiceWhenMysqlHasForgotten() throws Exception {
        opener().open(PARTITION);
        REDIS.flush();
        opener().open(PARTITION);
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("DELETE FROM partition_epoch");
        }
        REDIS.client()
                .<String, String>getMap(PARTITION.epochKey(), StringCodec.INSTANCE)
                .put("replid", "0123456789012345678901234567890123456789");
        assertThat(opener().open(PARTITION)).isEqualTo(3);
    }
}
