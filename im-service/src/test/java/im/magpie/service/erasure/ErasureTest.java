package im.magpie.service.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.common.database.Turn;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.pipeline.Outcome;
import im.magpie.service.pipeline.World;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestSettings;
import im.magpie.service.user.TestUsers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/** Instances that erase, over a real database and the whole pipeline. Everybody has talked with each friend. */
class ErasureTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final ErasureProperties AT_ONCE = new ErasureProperties(Duration.ZERO, INTERVAL);
    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final UserKey ZOE = new UserKey("app", "zoe");
    private static final List<String> FRIENDS = List.of("bob", "carol", "dave");

    /** Two texts of the user's, one of the friend's, and what the user has reacted to that. */
    private static final int SAID = 4;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ErasureMeters meters = new ErasureMeters(registry);
    private final World world = new World(redis.client());
    private final JdbcTemplate tables = new JdbcTemplate(database.dataSource());
    private final TransactionOperations transactions =
            new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()));
    private final ErasureMapper mapper = database.mapper(ErasureMapper.class);
    private final MembershipMapper memberships = database.mapper(MembershipMapper.class);
    private final SettingsTable settings = TestSettings.table(world.scripts, database);
    private final TestUsers users = new TestUsers(database, Ticker.systemTicker());
    private final Erasures erasures = new Erasures(mapper, users.users(), transactions, AT_ONCE);

    @BeforeEach
    void nobodyHasTheTurn() {
        tables.update("INSERT INTO erasure_turn (id, holder, ends_at) VALUES (1, '', CURRENT_TIMESTAMP(3))");
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void whereverAnInstanceGoesAwayAnotherOneFinishes() {
        var unfinished = 0;
        for (var steps = 0; ; steps++) {
            var user = new UserKey("app", "alice-" + steps);
            talk(user);
            erasures.request(user);
            var gone = goesAwayAfter(steps);
            unfinished += erasures.require(user).finishedAt() == null ? 1 : 0;

            instance(mapper, world.submission::submit).round();

            assertForgotten(user);
            if (!gone) {
                break;
            }
        }
        // More than once in each conversation.
        assertThat(unfinished).isGreaterThan(2 * FRIENDS.size());
    }

    @Test
    void whoClosesLetsAnotherOneGoOnAtOnce() {
        users.add(ALICE);
        users.add(ZOE);
        var other = instance(mapper, world.submission::submit);
        var one = instance(mapper, world.submission::submit);
        erasures.request(ALICE);
        one.round();
        erasures.request(ZOE);
        other.round();
        assertThat(erasures.require(ZOE).finishedAt()).isNull();

        one.close();
        other.round();

        assertThat(erasures.require(ZOE).finishedAt()).isNotNull();
    }

    @Test
    void anErasureThatFailsForEverHoldsUpNobody() {
        talk(ALICE);
        talk(ZOE);
        erasures.request(ALICE);
        erasures.request(ZOE);
        var broken = instance(mapper, offers -> {
            if (offers.getFirst().key().senderId().equals(ALICE.userId())) {
                throw new MagpieException(ErrorCode.INTERNAL, "nobody can take back what alice has said");
            }
            return world.submission.submit(offers);
        });

        broken.round();

        assertForgotten(ZOE);
        assertThat(erasures.require(ALICE).finishedAt()).isNull();
        assertThat(mapper.next()).isNull();
        assertThat(waitOf(ALICE)).isBetween(Duration.ZERO, INTERVAL);
        makeDue(ALICE);
        broken.round();
        assertThat(waitOf(ALICE)).isBetween(INTERVAL, INTERVAL.multipliedBy(2));
        assertThat(attempts("failed")).isEqualTo(2);

        makeDue(ALICE);
        instance(mapper, world.submission::submit).round();
        assertForgotten(ALICE);
    }

    @Test
    void whoRunsTheSystemSeesHowMuchThereIsToDo() {
        users.add(ALICE);
        users.add(ZOE);
        erasures.request(ALICE);
        tables.update("UPDATE erasure SET requested_at = requested_at - 3600000, due_at = due_at + 3600000");
        erasures.request(ZOE);

        instance(mapper, world.submission::submit).round();

        assertThat(registry.get("magpie.service.open.erasures").gauge().value()).isEqualTo(1);
        assertThat(registry.get("magpie.service.oldest.erasure").timeGauge().value(TimeUnit.MINUTES))
                .isBetween(59.9, 61.0);
        assertThat(attempts("erased")).isEqualTo(1);

        makeDue(ALICE);
        instance(mapper, world.submission::submit).round();

        assertThat(registry.get("magpie.service.open.erasures").gauge().value()).isZero();
        assertThat(registry.get("magpie.service.oldest.erasure").timeGauge().value())
                .isZero();
    }

    @Test
    void whatGetsOnIsTriedAgainSoon() {
        users.add(ALICE);
        erasures.request(ALICE);
        for (var i = 0; i < 8; i++) {
            mapper.failed(ALICE, 60_000, 300_000);
        }
        assertThat(waitOf(ALICE)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));

        mapper.reached(ALICE, "", 0);
        mapper.failed(ALICE, 60_000, 300_000);
        assertThat(waitOf(ALICE)).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));

        mapper.reached(ALICE, "", 7);
        mapper.failed(ALICE, 60_000, 300_000);
        assertThat(waitOf(ALICE)).isBetween(Duration.ZERO, Duration.ofMinutes(1));
    }

    /** Returns whether an instance went away before it was done. */
    private boolean goesAwayAfter(int steps) {
        var life = new Life(steps);
        try {
            instance(life.of(mapper), life.of(world.submission::submit)).round();
            return false;
        } catch (Life.Ended _) {
            return true;
        }
    }

    /** Returns one that comes when the turn of those before has run out. */
    private ErasureWorker instance(ErasureMapper mapper, Function<List<Offer>, List<Outcome>> submission) {
        tables.update("UPDATE erasure_turn SET ends_at = CURRENT_TIMESTAMP(3) - INTERVAL 1 SECOND");
        var turn = new Turn(mapper, transactions);
        var walk = new ErasureWalk(
                mapper,
                turn,
                _ -> {},
                _ -> {},
                memberships,
                TestGroups.none().extents(),
                world.log,
                world.messages,
                settings,
                submission);
        return new ErasureWorker(mapper, turn, walk, meters, AT_ONCE);
    }

    private void talk(UserKey user) {
        users.add(user);
        var offers = new ArrayList<Offer>();
        for (var friend : FRIENDS) {
            var with = with(user, friend);
            memberships.insertMissing(List.of(with));
            offers.add(offer(with, user.userId(), Contents.text("one secret")));
            offers.add(offer(with, user.userId(), Contents.text("another secret")));
            offers.add(offer(with, friend, Contents.text("what a friend says")));
            offers.add(offer(with, user.userId(), Contents.reaction(3, "👍", false)));
        }
        assertThat(world.submission.submit(offers)).hasOnlyElementsOfType(Outcome.Settled.class);
        tables.update(
                "UPDATE user_conversation SET settings = ? WHERE user_id = ?",
                PersonalSettings.newBuilder()
                        .setVersion(1)
                        .setDraft("a secret draft")
                        .build()
                        .toByteArray(),
                user.userId());
        tables.update("INSERT INTO blacklist (app_id, user_id, blocked_id) VALUES ('app', ?, 'eve')", user.userId());
        tables.update("INSERT INTO blacklist (app_id, user_id, blocked_id) VALUES ('app', 'eve', ?)", user.userId());
        tables.update(
                "INSERT INTO sign_out (app_id, user_id, client_type, device_id, issued_until) VALUES ('app', ?, 0, '',"
                        + " 1)",
                user.userId());
        tables.update("""
            INSERT INTO device
              (app_id, user_id, client_type, device_id, name, first_login, last_login, last_active, sig_issued)
            VALUES ('app', ?, 1, 'phone', 'a phone', 1, 1, 1, 1)\
            """, user.userId());
    }

    private void assertForgotten(UserKey user) {
        assertThat(erasures.require(user).finishedAt()).isNotNull();
        for (var friend : FRIENDS) {
            var with = with(user, friend);
            var head = world.log.head(with.conversation()).sequence();
            // Each is taken back once, however often somebody began to.
            assertThat(head).isEqualTo(SAID + 3);
            var messages =
                    world.messages.next(friend, with.conversation(), 0, head).messages();
            assertThat(messages.subList(0, 2)).allMatch(ChatMessage::getRecalled);
            assertThat(messages.get(2).getContent()).isEqualTo(Contents.text("what a friend says"));
            assertThat(messages.get(2).getReactionsList()).isEmpty();
            assertThat(messages.toString()).doesNotContain("secret");
            assertThat(Objects.requireNonNull(settings.of(List.of(with)).get(with))
                            .getDraft())
                    .isEmpty();
        }
        for (var table : List.of("blacklist", "sign_out", "device")) {
            assertThat(tables.queryForObject(
                            "SELECT COUNT(*) FROM " + table + " WHERE user_id = ?", Long.class, user.userId()))
                    .as(table)
                    .isZero();
        }
        assertThat(tables.queryForObject(
                        "SELECT COUNT(*) FROM blacklist WHERE blocked_id = ?", Long.class, user.userId()))
                .isZero();
    }

    private static Member with(UserKey user, String friend) {
        return new Member(
                user, ConversationId.privateBetween(user.userId(), friend).toString());
    }

    private static Offer offer(Member in, String sender, MessageContent content) {
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(System::currentTimeMillis)));
        return new Offer(
                new MessageKey(in.conversation(), sender, id),
                content.toByteString(),
                Contents.target(content),
                List.of(),
                0,
                Origin.NONE,
                Admission.BOUNDED,
                ByteString.EMPTY);
    }

    private double attempts(String outcome) {
        return registry.get("magpie.service.erasures")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private Duration waitOf(UserKey user) {
        var millis = tables.queryForObject(
                "SELECT due_at - FLOOR(UNIX_TIMESTAMP(CURRENT_TIMESTAMP(3)) * 1000) FROM erasure WHERE user_id = ?",
                Long.class,
                user.userId());
        return Duration.ofMillis(Objects.requireNonNull(millis));
    }

    private void makeDue(UserKey user) {
        tables.update("UPDATE erasure SET due_at = 0 WHERE user_id = ?", user.userId());
    }
}
