package im.magpie.service.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.blacklist.Block;
import im.magpie.service.blacklist.TestBlacklist;
import im.magpie.service.cache.Database;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.ConversationSettings;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.user.TestUsers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages that were accepted before their senders were refused. */
class ResendsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final ConversationKey TALK = new ConversationKey("acme", "private_alice_bob");
    private static final long HALF_AN_HOUR = 1_800_000;

    private final TestUsers users = new TestUsers(DATABASE, System::nanoTime);
    private final Blacklist blacklist = TestBlacklist.in(DATABASE, System::nanoTime);
    private final MemoryStore store = new MemoryStore();
    private final ConversationLog log = log(store);
    private final SendChecks checks = new SendChecks(
            users.states(),
            blacklist,
            TestGroups.none().standings(),
            new KnownConversations(
                    DATABASE.mapper(MembershipMapper.class), new Database(DATABASE.dataSource()), System::nanoTime),
            new Resends(log),
            REDIS.scripts());

    /** For tests in which no message was accepted before. */
    static Resends overRedis() {
        return new Resends(log(new MemoryStore()));
    }

    private static ConversationLog log(MemoryStore store) {
        var epochs = TestEpochs.over(REDIS.scripts(), store);
        var scripts = new PartitionScripts(REDIS.scripts(), epochs);
        return new ConversationLog(
                new Partitions(1, 1, 1), epochs, scripts, store, (_, _) -> {}, new ConversationSettings(50_000));
    }

    @BeforeEach
    void aliceAndBobAreThere() {
        users.add(ALICE, BOB);
    }

    @Test
    void onlyWhatWasAcceptedPassesOnceTheSenderIsBlocked() {
        var accepted = accepted(id(0));
        var another = id(0);
        assertThat(check(another, accepted).getAcceptedBeforeList())
                .as("allowed, so it costs nothing")
                .isEmpty();

        blacklist.add(new Block(BOB, "alice"));

        var outcome = check(another, accepted, id(0), accepted);
        assertThat(outcome.getError()).isEqualTo(ErrorCode.BLOCKED_BY_RECIPIENT);
        assertThat(outcome.getAcceptedBeforeList()).containsExactly(1, 3);
    }

    @Test
    void alsoOnceOneOfTheTwoIsDisabled() {
        var accepted = accepted(id(0));

        users.disable(BOB);
        assertThat(check(accepted).getError()).isEqualTo(ErrorCode.RECIPIENT_DISABLED);
        assertThat(check(accepted).getAcceptedBeforeList()).containsExactly(0);

        users.disable(ALICE);
        assertThat(check(accepted).getError()).isEqualTo(ErrorCode.USER_DISABLED);
        assertThat(check(accepted).getAcceptedBeforeList()).containsExactly(0);
    }

    @Test
    void nobodyElsesMessagePasses() {
        var accepted = accepted(id(0));
        blacklist.add(new Block(ALICE, "bob"));
        var bobs = item(accepted).toBuilder().setSenderId("bob").build();

        assertThat(checks.check(List.of(bobs, item(accepted))))
                .extracting(CheckOutcome::getError)
                .containsExactly(ErrorCode.BLOCKED_BY_RECIPIENT, ErrorCode.OK);
        assertThat(checks.check(List.of(bobs)).getFirst().getAcceptedBeforeCount())
                .isZero();
    }

    @Test
    void whereNobodyCanTellTheOutcomeIsLeftOpen() {
        users.add(new UserKey("acme", "carol"));
        blacklist.add(new Block(BOB, "alice"));
        store.down(true);
        var carols =
                item(id(0)).toBuilder().setConversationId("private_alice_carol").build();
        var unknown = item().toBuilder()
                .setSenderId("nobody")
                .setConversationId("private_bob_nobody")
                .build();

        assertThat(checks.check(List.of(item(id(-HALF_AN_HOUR)), carols, unknown, item())))
                .extracting(CheckOutcome::getError)
                .containsExactly(
                        ErrorCode.UNAVAILABLE, ErrorCode.OK, ErrorCode.UNKNOWN_USER, ErrorCode.BLOCKED_BY_RECIPIENT);
    }

    private ByteString accepted(ByteString id) {
        var name = new MessageKey(TALK, "alice", id);
        log.accept(List.of(new Offer(name, ByteString.copyFromUtf8("hi"), 0, Origin.NONE, Admission.BOUNDED)));
        return id;
    }

    private static ByteString id(long shift) {
        return ByteString.copyFrom(
                UuidV7.toBytes(UuidV7.next(() -> REDIS.scripts().timeMillis() + shift)));
    }

    private CheckOutcome check(ByteString... ids) {
        return checks.check(List.of(item(ids))).getFirst();
    }

    private static CheckItem item(ByteString... ids) {
        return CheckItem.newBuilder()
                .setAppId("acme")
                .setSenderId("alice")
                .setConversationId(TALK.conversationId())
                .addAllClientMessageIds(Arrays.asList(ids))
                .build();
    }
}
