package im.magpie.service.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.TestBlacklist;
import im.magpie.service.cache.Database;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.user.TestUsers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The database is stopped, and whoever was allowed to write goes on. */
class DatabaseAwayTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final UserKey CAROL = new UserKey("acme", "carol");
    private static final CheckItem ALICE_TO_BOB = item("private_alice_bob");
    private static final CheckItem ALICE_TO_CAROL = item("private_alice_carol");
    private static final Duration SOON = Duration.ofMillis(500);

    private final AtomicLong nanos = new AtomicLong();
    private final Database asked = new Database(DATABASE.dataSource());
    private final TestUsers users = new TestUsers(DATABASE, asked, nanos::get);
    private final SendChecks checks = new SendChecks(
            users.states(),
            TestBlacklist.in(DATABASE, asked, nanos::get),
            TestGroups.in(DATABASE, asked).standings(),
            new KnownConversations(DATABASE.mapper(MembershipMapper.class), asked, nanos::get),
            ResendsTest.overRedis(),
            ResendsTest.REDIS.scripts());

    @BeforeEach
    void aliceWritesToBob() {
        users.add(ALICE, BOB, CAROL);
        assertThat(codes(ALICE_TO_BOB)).containsExactly(ErrorCode.OK);
        nanos.addAndGet(TestUsers.TTL.toNanos() + 1);
    }

    @Test
    void whatItSaidLastStandsAndNobodyWaitsForTheRest() {
        DATABASE.stoppedDuring(() -> {
            assertThat(codes(ALICE_TO_BOB, ALICE_TO_CAROL)).containsExactly(ErrorCode.OK, ErrorCode.UNAVAILABLE);

            var begun = System.nanoTime();
            assertThat(codes(ALICE_TO_CAROL, ALICE_TO_BOB)).containsExactly(ErrorCode.UNAVAILABLE, ErrorCode.OK);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        });

        await().untilAsserted(() -> assertThat(codes(ALICE_TO_CAROL)).containsExactly(ErrorCode.OK));
    }

    @Test
    void nothingStandsForEver() {
        nanos.addAndGet(TestUsers.STANDING.toNanos());

        DATABASE.stoppedDuring(() -> assertThat(codes(ALICE_TO_BOB)).containsExactly(ErrorCode.UNAVAILABLE));
    }

    private List<ErrorCode> codes(CheckItem... items) {
        return checks.check(List.of(items)).stream().map(CheckOutcome::getError).toList();
    }

    private static CheckItem item(String conversation) {
        return CheckItem.newBuilder()
                .setAppId("acme")
                .setSenderId("alice")
                .setConversationId(conversation)
                .build();
    }
}
