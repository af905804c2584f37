package im.magpie.service.pipeline;

import static im.magpie.service.pipeline.World.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.Shape;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.testing.TestRedis;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Redis comes back empty between two steps of a message's way. The store in memory fails a test in which a name or a number is stored twice. */
class EpochChangeTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private World world;

    @BeforeEach
    void world() {
        world = new World(redis.client());
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void aMessageStoredBeforeTheBarrierKeepsItsNumber() throws Exception {
        settle(world.offer());
        world.cutStoreQueue();
        var call = world.submitting(world.offer());
        await().until(() -> world.pending().size() == 1);

        redis.flush();
        world.openStoreQueue();

        assertThat(sequence(call.get())).isEqualTo(2);
        assertThat(world.rows()).extracting(AcceptedMessage::getEpoch).containsExactly(1L, 1L);
        assertThat(world.head().sequence()).isEqualTo(2);
        assertThat(world.epoch()).isEqualTo(2);
        assertThat(world.indexed("bob")).isTrue();
    }

    @Test
    void aMessageThatRedisLostBeforeItWasStoredIsAcceptedAnew() {
        settle(world.offer());
        var offer = world.offer();
        world.accepted(offer);

        redis.flush();

        assertThat(settle(offer)).isEqualTo(2);
        // The row follows the answer.
        await().until(() -> world.rows().size() == 2);
        assertThat(world.rows()).extracting(AcceptedMessage::getEpoch).containsExactly(1L, 2L);
    }

    /** A call that was lost had accepted the first; the next one brings it again, and something new. */
    @Test
    void whatALostCallHadAcceptedIsNotOvertakenByWhatComesWithItsResend() throws Exception {
        var first = world.offer();
        world.accepted(first);
        var second = world.offer();
        world.submission.submit(List.of(first, second));

        redis.flush();

        assertThat(settle(first)).isLessThan(settle(second));
        await().until(() -> world.rows().size() == 2);
        assertThat(world.rows()).extracting(AcceptedMessage::getSequence).containsExactly(1L, 2L);
    }

    @Test
    void settlingInAnEpochGoneByIsStale() {
        var lost = world.accepted(world.offer());
        redis.flush();

        var progress = world.settlement.settle(0, 1, List.of(lost), Deadline.in(World.LONG));

        assertThat(progress.stale()).isTrue();
        assertThat(progress.settled()).isEmpty();
    }

    @Test
    void aMessageBehindTheBarrierIsReadmittedUnderAnotherNumber() throws Exception {
        var offer = world.offer();
        var late = world.accepted(offer);
        redis.flush();
        settle(world.offer());
        publishLate(late);

        readmission(ErrorCode.OK).readmit(world.reader.returned());

        assertThat(world.head().sequence()).isEqualTo(2);
        await().until(() -> world.rows().size() == 2);
        assertThat(world.rows().getLast().getClientMessageId())
                .isEqualTo(offer.key().clientMessageId());
        assertThat(settle(offer)).isEqualTo(2);
    }

    @Test
    void aMessageBehindTheBarrierThatItsSenderOfferedAgainIsNotDoubled() throws Exception {
        var offer = world.offer();
        var late = world.accepted(offer);
        redis.flush();
        settle(world.offer());
        assertThat(settle(offer)).isEqualTo(2);
        publishLate(late);

        readmission(ErrorCode.OK).readmit(world.reader.returned());

        assertThat(world.head().sequence()).isEqualTo(2);
        assertThat(world.rows()).hasSize(2);
    }

    @Test
    void aMessageThatMayNotBeSentAnyMoreIsDropped() throws Exception {
        var late = world.accepted(world.offer());
        redis.flush();
        settle(world.offer());
        publishLate(late);

        readmission(ErrorCode.BLOCKED_BY_RECIPIENT).readmit(world.reader.returned());

        assertThat(world.head().sequence()).isEqualTo(1);
    }

    @Test
    void aMessageThatCannotBeCheckedComesAgain() {
        var message = world.accepted(world.offer()).message();
        var readmission = readmission(ErrorCode.UNAVAILABLE);

        Assertions.assertThatThrownBy(() -> readmission.readmit(List.of(message)))
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void aMessageThatIsNotSettledInTimeComesAgain() throws Exception {
        world.close();
        world = new World(redis.client(), World.SHORT);
        var late = world.accepted(world.offer());
        redis.flush();
        settle(world.offer());
        world.cutStoreQueue();

        var readmission = readmission(ErrorCode.OK);

        Assertions.assertThatThrownBy(() -> readmission.readmit(List.of(late.message())))
                .isInstanceOf(MagpieException.class);
        assertThat(world.pending().size()).isEqualTo(1);
    }

    private void publishLate(PendingMessage late) throws Exception {
        world.publisher.store(0, List.of(late.message()), World.LONG).get();
        await().until(() -> !world.reader.returned().isEmpty());
    }

    private long settle(Offer offer) {
        return sequence(world.submit(offer));
    }

    private Readmission readmission(ErrorCode verdict) {
        var outcome = CheckOutcome.newBuilder()
                .setError(verdict)
                .setShape(Shape.getDefaultInstance())
                .build();
        return new Readmission(
                items -> {
                    assertThat(items).allMatch(item -> item.getConversationId().equals(TALK.conversationId()));
                    return Collections.nCopies(items.size(), outcome);
                },
                world.submission);
    }

    private static long sequence(Outcome outcome) {
        return ((Outcome.Settled) outcome).sequence();
    }
}
