package im.magpie.service.check;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.blacklist.Block;
import im.magpie.service.blacklist.TestBlacklist;
import im.magpie.service.cache.Database;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.user.TestUsers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendChecksTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final CheckItem ALICE_TO_BOB = item("alice", "private_alice_bob");

    private final AtomicLong nanos = new AtomicLong();
    private final TestUsers users = new TestUsers(DATABASE, nanos::get);
    private final Blacklist blacklist = TestBlacklist.in(DATABASE, nanos::get);
    private final MembershipMapper memberships = DATABASE.mapper(MembershipMapper.class);
    private final SendChecks checks = new SendChecks(
            users.states(),
            blacklist,
            TestGroups.in(DATABASE).standings(),
            new KnownConversations(memberships, new Database(DATABASE.dataSource()), nanos::get),
            ResendsTest.overRedis(),
            ResendsTest.REDIS.scripts());

    @BeforeEach
    void aliceAndBobAreThere() {
        users.add(ALICE, BOB);
    }

    @Test
    void friendsMayWrite() {
        var outcome = check(ALICE_TO_BOB);

        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        assertThat(outcome.hasShape()).isTrue();
        assertThat(outcome.getShape().getVersion()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "alice, bob, INVALID_CONVERSATION",
        "alice, private_bob_alice, INVALID_CONVERSATION",
        "alice, private_alice_alice, INVALID_CONVERSATION",
        "alice, group_, INVALID_CONVERSATION",
        "alice, group_7, NOT_A_PARTICIPANT",
        "alice, private_bob_carol, NOT_A_PARTICIPANT",
        "a~b, private_a~b_c, UNKNOWN_USER",
        "carol, private_bob_carol, UNKNOWN_USER",
        "alice, private_alice_carol, RECIPIENT_UNKNOWN"
    })
    void whoMayNotIsToldWhy(String sender, String conversation, ErrorCode code) {
        assertThat(check(item(sender, conversation)).getError()).isEqualTo(code);
    }

    @Test
    void anotherAppsUsersAreStrangers() {
        var item = ALICE_TO_BOB.toBuilder().setAppId("other").build();

        assertThat(check(item).getError()).isEqualTo(ErrorCode.UNKNOWN_USER);
        assertThat(check(item.toBuilder().setAppId("").build()).getError()).isEqualTo(ErrorCode.UNKNOWN_USER);
    }

    @Test
    void theDisabledNeitherSendNorReceive() {
        check(ALICE_TO_BOB);

        users.disable(BOB);

        assertThat(check(ALICE_TO_BOB).getError()).isEqualTo(ErrorCode.RECIPIENT_DISABLED);
        assertThat(check(item("bob", "private_alice_bob")).getError()).isEqualTo(ErrorCode.USER_DISABLED);
    }

    @Test
    void theBlockedAreToldAndTheirBlockersAreNot() {
        check(ALICE_TO_BOB);

        blacklist.add(new Block(BOB, "alice"));

        assertThat(check(ALICE_TO_BOB).getError()).isEqualTo(ErrorCode.BLOCKED_BY_RECIPIENT);
        assertThat(check(item("bob", "private_alice_bob")).getError()).isEqualTo(ErrorCode.OK);
    }

    @Test
    void aHotSenderCostsNothing() {
        check(ALICE_TO_BOB);
        users.disableElsewhere(ALICE);

        assertThat(check(ALICE_TO_BOB).getError()).isEqualTo(ErrorCode.OK);
        nanos.addAndGet(TestUsers.TTL.toNanos() + 1);
        assertThat(check(ALICE_TO_BOB).getError()).isEqualTo(ErrorCode.USER_DISABLED);
    }

    @Test
    void whatIsAllowedHasItsRows() {
        checks.check(List.of(ALICE_TO_BOB, item("bob", "private_alice_bob"), item("alice", "private_alice_carol")));

        assertThat(conversationsOf("alice")).containsExactly("private_alice_bob");
        assertThat(conversationsOf("bob")).containsExactly("private_alice_bob");
        assertThat(conversationsOf("carol")).isEmpty();
    }

    @Test
    void answersInTheOrderOfTheBatch() {
        var items = new ArrayList<CheckItem>();
        for (var i = 0; i < 700; i++) {
            var peer = "user-" + i;
            if (i % 2 == 0) {
                users.add(new UserKey("acme", peer));
            }
            items.add(item("alice", ConversationId.privateBetween("alice", peer).toString()));
        }

        var errors = checks.check(items).stream().map(CheckOutcome::getError).toList();

        assertThat(errors)
                .isEqualTo(IntStream.range(0, 700)
                        .mapToObj(i -> i % 2 == 0 ? ErrorCode.OK : ErrorCode.RECIPIENT_UNKNOWN)
                        .toList());
        assertThat(memberships.conversationsOf("acme", "alice", "", 1_000)).hasSize(350);
        assertThat(checks.check(List.of())).isEmpty();
    }

    @Test
    void firstMessagesFromAllSidesAtOnceAreAllAllowed() {
        var names = IntStream.range(0, 20).mapToObj(i -> "u" + i).toList();
        names.forEach(name -> users.add(new UserKey("acme", name)));
        var instances = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    var elsewhere = new SendChecks(
                            users.states(),
                            blacklist,
                            TestGroups.in(DATABASE).standings(),
                            new KnownConversations(memberships, new Database(DATABASE.dataSource()), nanos::get),
                            ResendsTest.overRedis(),
                            ResendsTest.REDIS.scripts());
                    return elsewhere.check(everyPair(i % 2 == 0 ? names : names.reversed()));
                }));

        assertThat(instances.toList().stream().flatMap(answers -> answers.join().stream()))
                .allMatch(outcome -> outcome.getError() == ErrorCode.OK);
    }

    private static List<CheckItem> everyPair(List<String> names) {
        return names.stream()
                .flatMap(a -> names.stream()
                        .filter(b -> !b.equals(a))
                        .map(b -> item(a, ConversationId.privateBetween(a, b).toString())))
                .toList();
    }

    private List<String> conversationsOf(String userId) {
        return memberships.conversationsOf("acme", userId, "", 100);
    }

    private CheckOutcome check(CheckItem item) {
        return checks.check(List.of(item)).getFirst();
    }

    private static CheckItem item(String sender, String conversation) {
        return CheckItem.newBuilder()
                .setAppId("acme")
                .setSenderId(sender)
                .setConversationId(conversation)
                .build();
    }
}
