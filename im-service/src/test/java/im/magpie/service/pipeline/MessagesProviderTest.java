package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.CommitReport;
import im.magpie.common.rpc.CommittedMessage;
import im.magpie.common.rpc.ReadmitBatch;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.common.rpc.SubmitOutcome.State;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.testing.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What gateways and the store hear. */
class MessagesProviderTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final SubmitProperties PROPERTIES = new SubmitProperties(World.LONG, World.LONG, 4, 100);
    private static final CheckOutcome ALLOWED = CheckOutcome.getDefaultInstance();

    private World world;
    private MessagesProvider messages;
    private StoreReportsProvider reports;

    @BeforeEach
    void world() {
        world = new World(redis.client(), PROPERTIES);
        messages = new MessagesProvider(
                items -> Collections.nCopies(items.size(), ALLOWED),
                ChecksTest.UNLIMITED,
                world.changes,
                world.submission,
                PROPERTIES,
                new SimpleMeterRegistry());
        reports = new StoreReportsProvider(
                world.log, new Readmission(items -> Collections.nCopies(items.size(), ALLOWED), world.submission));
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void everyMessageOfABatchHasItsOwnOutcomeInItsPlace() {
        var batch = SubmitBatch.newBuilder()
                .addItems(item())
                .addItems(item().setContent(ByteString.EMPTY))
                .addItems(ahead())
                .addItems(item());

        var outcomes = messages.submit(batch.build()).getOutcomesList();

        assertThat(outcomes)
                .extracting(SubmitOutcome::getState)
                .containsExactly(State.SETTLED, State.REFUSED, State.REFUSED, State.SETTLED);
        assertThat(outcomes)
                .extracting(SubmitOutcome::getError)
                .containsExactly(ErrorCode.OK, ErrorCode.CONTENT_MISSING, ErrorCode.CLOCK_AHEAD, ErrorCode.OK);
        assertThat(outcomes).extracting(SubmitOutcome::getSequence).containsExactly(1L, 0L, 0L, 2L);
        assertThat(outcomes.getFirst().getServerTime()).isPositive();
        assertThat(outcomes.get(2).getErrorMessage()).isNotEmpty();
    }

    @Test
    void aResendGetsTheFirstAnswerOrIsCheckedAgain() {
        var first = item().build();
        var batch = SubmitBatch.newBuilder().addItems(first).addItems(item());
        var answers = messages.submit(batch.build()).getOutcomesList();
        var resends = SubmitBatch.newBuilder()
                .addItems(item().setResend(true))
                .addItems(first.toBuilder().setResend(true));

        var outcomes = messages.submit(resends.build()).getOutcomesList();

        assertThat(outcomes.getFirst().getState()).isEqualTo(State.CHECK_AGAIN);
        assertThat(outcomes.getLast()).isEqualTo(answers.getFirst());
        assertThat(world.head().sequence()).isEqualTo(2);
    }

    @Test
    void aChangeIsRefusedOrMadeAndThenAnsweredLikeAnyMessage() {
        messages.submit(SubmitBatch.newBuilder().addItems(item()).build());
        var recall = item().setContent(Contents.recall(1).toByteString());
        var batch = SubmitBatch.newBuilder()
                .addItems(item().setContent(Contents.recall(7).toByteString()))
                .addItems(recall)
                .addItems(item());

        var outcomes = messages.submit(batch.build()).getOutcomesList();

        assertThat(outcomes)
                .extracting(SubmitOutcome::getError)
                .containsExactly(ErrorCode.NOT_FOUND, ErrorCode.OK, ErrorCode.OK);
        assertThat(outcomes).extracting(SubmitOutcome::getSequence).containsExactly(0L, 2L, 3L);
        assertThat(outcomes).extracting(SubmitOutcome::getOrdinal).containsExactly(0L, 1L, 2L);
        assertThat(messages.submit(SubmitBatch.newBuilder().addItems(recall).build())
                        .getOutcomes(0))
                .as("a resend")
                .isEqualTo(outcomes.get(1));
    }

    @Test
    void nothingOvertakesAChangeThatCanNotBeCheckedNow() {
        var anHourAgo = System.currentTimeMillis() - 3_600_000;
        world.store.store(world.offer().toMessage(new Acceptance.Accepted(world.epoch(), 1, 1, anHourAgo)));
        assertThat(world.head().sequence()).isEqualTo(1);
        world.store.down(true);
        var change = item().setContent(Contents.recall(1).toByteString());

        var outcomes = messages.submit(SubmitBatch.newBuilder()
                        .addItems(change)
                        .addItems(item())
                        .addItems(item().setConnectionId(8))
                        .build())
                .getOutcomesList();

        assertThat(outcomes)
                .extracting(SubmitOutcome::getState)
                .containsExactly(State.REFUSED, State.CHECK_AGAIN, State.SETTLED);
        assertThat(outcomes.getFirst().getError()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void whatIsNotSettledInTimeIsPending() throws InterruptedException {
        world.close();
        world = new World(redis.client(), World.SHORT);
        messages = new MessagesProvider(
                items -> List.of(),
                ChecksTest.UNLIMITED,
                world.changes,
                world.submission,
                PROPERTIES,
                new SimpleMeterRegistry());
        world.head();
        world.cutStoreQueue();

        var outcome = messages.submit(SubmitBatch.newBuilder().addItems(item()).build())
                .getOutcomes(0);

        assertThat(outcome.getState()).isEqualTo(State.PENDING);
    }

    @Test
    void allButTheSendersOwnConnectionGetOnePush() throws Exception {
        world.connect("alice", "node-a", 7);
        world.connect("alice", "node-a", 8);
        world.connect("bob", "node-a", 9);
        world.connect("bob", "node-b", 9);
        var item = item().build();

        messages.submit(SubmitBatch.newBuilder().addItems(item).build());

        var pushed = world.pushed("node-a");
        assertThat(pushed).hasSize(1);
        assertThat(pushed.getFirst().getConnectionIdsList()).containsExactlyInAnyOrder(8L);
        assertThat(pushed.getFirst().getSequence()).isEqualTo(1);
        var elsewhere = world.pushed("node-b");
        assertThat(elsewhere.getFirst().getBody()).isEqualTo(pushed.getFirst().getBody());
        var message = MessagePush.parseFrom(elsewhere.getFirst().getBody()).getMessages(0);
        assertThat(message.getContent().toByteString()).isEqualTo(item.getContent());
        assertThat(message.getSenderId()).isEqualTo("alice");
    }

    @Test
    void theRoutesToANodeThatIsGoneAreLost() throws Exception {
        world.connect("bob", "node-that-is-gone", 9);

        messages.submit(SubmitBatch.newBuilder().addItems(item()).build());

        assertThat(world.lost.take()).extracting(route -> route.user().userId()).containsExactly("bob");
    }

    @Test
    void aCheckIsPassedOn() {
        var batch =
                CheckBatch.newBuilder().addItems(CheckItem.getDefaultInstance()).build();

        assertThat(messages.check(batch).getOutcomesList()).containsExactly(ALLOWED);
    }

    @Test
    void whatCannotBeCheckedIsSaidOfEachMessage() {
        messages = new MessagesProvider(
                _ -> {
                    throw new MagpieException(ErrorCode.UNAVAILABLE, "no database");
                },
                ChecksTest.UNLIMITED,
                world.changes,
                world.submission,
                PROPERTIES,
                new SimpleMeterRegistry());
        var two = CheckBatch.newBuilder()
                .addItems(CheckItem.getDefaultInstance())
                .addItems(CheckItem.getDefaultInstance());

        assertThat(messages.check(two.build()).getOutcomesList())
                .extracting(CheckOutcome::getError)
                .containsExactly(ErrorCode.UNAVAILABLE, ErrorCode.UNAVAILABLE);
    }

    @Test
    void aReportOfWhatIsCommittedSaysWhetherItsEpochIsOver() {
        messages.submit(SubmitBatch.newBuilder().addItems(item()).build());
        await().until(() -> world.rows().size() == 1);
        var report = CommitReport.newBuilder()
                .setEpoch(1)
                .addMessages(CommittedMessage.newBuilder()
                        .setAppId("app")
                        .setConversationId(World.TALK.conversationId())
                        .setSequence(1))
                .build();

        assertThat(reports.committed(report).getStale()).isFalse();
        redis.flush();
        assertThat(reports.committed(report).getStale()).isTrue();
    }

    @Test
    void aReadmittedMessageIsSettledWhenTheCallAnswers() {
        var lost = world.accepted(world.offer()).message();
        redis.flush();

        var outcome =
                reports.readmit(ReadmitBatch.newBuilder().addMessages(lost).build());

        assertThat(outcome.getStale()).isFalse();
        assertThat(world.head().sequence()).isEqualTo(1);
    }

    private SubmitItem.Builder item() {
        var offer = world.offer();
        return SubmitItem.newBuilder()
                .setAppId("app")
                .setSenderId("alice")
                .setConversationId(offer.conversation().conversationId())
                .setClientMessageId(offer.key().clientMessageId())
                .setContent(offer.content())
                .setIncarnation(offer.origin().incarnation())
                .setConnectionId(offer.origin().connectionId());
    }

    private SubmitItem.Builder ahead() {
        var id = UuidV7.next(() -> System.currentTimeMillis() + 3_600_000);
        return item().setClientMessageId(ByteString.copyFrom(UuidV7.toBytes(id)));
    }
}
