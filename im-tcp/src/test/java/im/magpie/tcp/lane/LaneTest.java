package im.magpie.tcp.lane;

import static im.magpie.tcp.fixture.FakeMessages.checkAgain;
import static im.magpie.tcp.fixture.FakeMessages.outcomes;
import static im.magpie.tcp.fixture.FakeMessages.pending;
import static im.magpie.tcp.fixture.FakeMessages.refused;
import static im.magpie.tcp.fixture.FakeMessages.settled;
import static im.magpie.tcp.lane.Sender.names;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.CheckOutcomes;
import im.magpie.common.rpc.Shape;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.fixture.FakeMessages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final String HERE = "private_a_b";
    private static final String THERE = "private_a_c";

    private final FakeMessages messages = new FakeMessages();
    private final Lanes lanes = lanes(Duration.ZERO);
    private final Sender alice = new Sender(lanes, 1);
    private final Sender bob = new Sender(lanes, 2);

    private Lanes lanes(Duration spacing) {
        return new Lanes(
                LaneSettingsOf.capacity(100).spaced(spacing).with(4, 1000, Duration.ofSeconds(30)),
                messages,
                Ticker.systemTicker(),
                new SimpleMeterRegistry(),
                Tracing.off());
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void acknowledgesWhatIsSettled() {
        alice.sendAll(HERE, "m1", "m2");

        alice.assertAcknowledged("m1", 1);
        alice.assertAcknowledged("m2", 2);
    }

    @Test
    void takesIntoABatchWhatHasGatheredMeanwhile() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        var first = messages.submits.next();
        assertThat(names(first.request().getItemsList())).containsExactly("m1");

        alice.sendAll(HERE, "m2", "m3");
        bob.send(THERE, "n1");
        assertThat(messages.submits.none()).as("only one call is under way").isTrue();
        first.answer(outcomes(settled(1)));

        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m2", "m3", "n1");
    }

    @Test
    void waitsForMoreWhereMoreThanOneCame() {
        try (var patient = lanes(Duration.ofHours(1))) {
            var carol = new Sender(patient, 3);
            sendTwoTogether(carol);

            carol.sendAll(HERE, "m4", "m5", "m6");
            assertThat(messages.submits.none()).as("there is room for one more").isTrue();
            carol.send(HERE, "m7");

            assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m4", "m5", "m6", "m7");
        }
    }

    @Test
    void waitsNoLongerThanItIsToldTo() {
        try (var patient = lanes(Duration.ofMillis(1))) {
            var carol = new Sender(patient, 3);
            sendTwoTogether(carol);

            carol.send(HERE, "m4");

            assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m4");
        }
    }

    /** One goes by itself, without a wait, and two that came meanwhile. */
    private void sendTwoTogether(Sender sender) {
        messages.submits.answeredByHand();
        sender.send(HERE, "m1");
        var first = messages.submits.next();
        sender.sendAll(HERE, "m2", "m3");
        first.answer(outcomes(settled(1)));
        var second = messages.submits.next();
        second.answer(outcomes(settled(2), settled(3)));
        sender.assertAcknowledged("m3", 3);
    }

    @Test
    void boundsABatchByMessagesAndByBytes() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m0");
        var first = messages.submits.next();
        alice.sendAll(HERE, "m1", "m2", "m3", "m4", "m5");
        alice.send(THERE, "large", ByteString.copyFrom(new byte[999]));
        first.answer(outcomes(settled(1)));

        var second = messages.submits.next();
        assertThat(second.request().getItemsCount()).isEqualTo(4);
        second.answer(messages.settleAll(second.request()));
        var third = messages.submits.next();
        assertThat(names(third.request().getItemsList())).containsExactly("m5");
        third.answer(messages.settleAll(third.request()));
        assertThat(messages.submits.next().request().getItems(0).getContent().size())
                .isEqualTo(999);
    }

    @Test
    void answersWhatTheCheckRefusesAndOffersTheRest() {
        messages.checks.answeredBy(batch -> CheckOutcomes.newBuilder()
                .addAllOutcomes(batch.getItemsList().stream()
                        .map(item -> CheckOutcome.newBuilder()
                                .setError(
                                        item.getConversationId().equals(HERE)
                                                ? ErrorCode.BLOCKED_BY_RECIPIENT
                                                : ErrorCode.OK)
                                .build())
                        .toList())
                .build());
        alice.sendAll(HERE, "m1");
        alice.sendAll(THERE, "m2");

        alice.assertRefused("m1", ErrorCode.BLOCKED_BY_RECIPIENT);
        alice.assertAcknowledged("m2", 1);
    }

    @Test
    void checksASenderOnceForAConversation() {
        messages.checks.answeredByHand();
        alice.send(HERE, "m0");
        var first = messages.checks.next();
        alice.sendAll(HERE, "m1", "m2");
        bob.send(HERE, "n1");
        first.answer(FakeMessages.allPass(first.request()));

        assertThat(messages.checks.next().request().getItemsList())
                .extracting(item -> item.getSenderId())
                .containsExactly("user1", "user2");
    }

    @Test
    void repeatsACallOfUnknownOutcomeBeforeAnythingElse() {
        messages.submits.answeredByHand();
        alice.sendAll(HERE, "m1");
        var lost = messages.submits.next();
        alice.send(HERE, "m2");
        lost.lose();

        var repeated = messages.submits.next();
        assertThat(repeated.request()).isEqualTo(lost.request());
        repeated.lose();
        messages.submits.next().answer(outcomes(settled(1)));
        alice.assertAcknowledged("m1", 1);
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m2");
    }

    @Test
    void saysNothingOfARefusalOnceTheOutcomeWasUnknown() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        messages.submits.next().lose();
        messages.submits.next().answer(outcomes(refused(ErrorCode.CLOCK_AHEAD)));

        assertThat(alice.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
    }

    @Test
    void offersAgainWhatIsBusyOnceTheOutcomeWasUnknown() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        messages.submits.next().lose();
        messages.submits.next().answer(outcomes(refused(ErrorCode.BUSY)));
        messages.submits.next().answer(outcomes(settled(1)));

        alice.assertAcknowledged("m1", 1);
    }

    @Test
    void takesAnAnswerThatDoesNotFitForNone() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        messages.submits.next().answer(outcomes());
        messages.submits.next().answer(outcomes(settled(1)));

        alice.assertAcknowledged("m1", 1);
    }

    @Test
    void putsPendingMessagesInFrontOfTheNextBatch() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        var first = messages.submits.next();
        bob.send(THERE, "n1");
        alice.send(HERE, "m2");
        first.answer(outcomes(pending()));

        var second = messages.submits.next();
        assertThat(names(second.request().getItemsList())).containsExactly("m1", "n1", "m2");
        assertThat(alice.heardNothing("m1")).isTrue();
        second.answer(outcomes(refused(ErrorCode.CLOCK_AHEAD), settled(1), settled(2)));
        assertThat(alice.answer("m1"))
                .as("it was accepted, so it is never a failure")
                .isInstanceOf(SendAnswer.Unanswered.class);
        alice.assertAcknowledged("m2", 2);
    }

    @Test
    void checksAgainWhatTheShapeHasChangedFor() {
        messages.checks.answeredByHand();
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        messages.checks.next().answer(passedWithShape(1));
        var first = messages.submits.next();
        assertThat(first.request().getItems(0).getShapeVersion()).isEqualTo(1);
        alice.send(HERE, "m2");
        first.answer(outcomes(checkAgain()));

        var check = messages.checks.next();
        assertThat(check.request().getItemsCount()).isEqualTo(1);
        check.answer(passedWithShape(2));
        var second = messages.submits.next();
        assertThat(names(second.request().getItemsList())).containsExactly("m1", "m2");
        assertThat(second.request().getItemsList())
                .extracting(SubmitItem::getShapeVersion)
                .containsOnly(2L);
    }

    @Test
    void goesOnWithTheOlderShapeBehindAMessageThatWasCheckedAgainstIt() {
        messages.checks.answeredByHand();
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        messages.checks.next().answer(passedWithShape(1));
        var first = messages.submits.next();
        alice.send(HERE, "m2");
        first.answer(outcomes(pending()));
        messages.checks.next().answer(passedWithShape(2));

        assertThat(messages.submits.next().request().getItemsList())
                .as("else m2 could pass where m1 has to be checked again")
                .extracting(SubmitItem::getShapeVersion)
                .containsOnly(1L);
    }

    @Test
    void offersWhatWasAcceptedBeforeAsAResend() {
        messages.checks.answeredByHand();
        messages.submits.answeredByHand();
        alice.send(HERE, "m0");
        var first = messages.checks.next();
        alice.sendAll(HERE, "m1", "m2", "m3");
        first.answer(blocked());
        alice.assertRefused("m0", ErrorCode.BLOCKED_BY_RECIPIENT);
        messages.checks.next().answer(blocked(1));

        var offered = messages.submits.next();
        assertThat(names(offered.request().getItemsList())).containsExactly("m2");
        assertThat(offered.request().getItems(0).getResend()).isTrue();
        offered.answer(outcomes(settled(7)));
        alice.assertRefused("m1", ErrorCode.BLOCKED_BY_RECIPIENT);
        alice.assertAcknowledged("m2", 7);
        alice.assertRefused("m3", ErrorCode.BLOCKED_BY_RECIPIENT);
    }

    @Test
    void checksAResendAgainThatNobodyKnows() {
        messages.checks.answeredByHand();
        messages.submits.answeredByHand();
        alice.sendAll(HERE, "m1");
        messages.checks.next().answer(blocked(0));
        messages.submits.next().answer(outcomes(checkAgain()));
        messages.checks.next().answer(passedWithShape(0));

        var anew = messages.submits.next();
        assertThat(anew.request().getItems(0).getResend()).isFalse();
        anew.answer(outcomes(checkAgain()));
        messages.checks.next().answer(blocked());
        alice.assertRefused("m1", ErrorCode.BLOCKED_BY_RECIPIENT);
    }

    @Test
    void saysNothingOfAResendThatWasOnceInDoubt() {
        messages.checks.answeredByHand();
        messages.submits.answeredByHand();
        alice.send(HERE, "m1");
        messages.checks.next().answer(blocked(0));
        messages.submits.next().answer(outcomes(pending()));
        messages.submits.next().answer(outcomes(checkAgain()));
        messages.checks.next().answer(blocked());

        assertThat(alice.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
    }

    private static CheckOutcomes blocked(Integer... acceptedBefore) {
        return CheckOutcomes.newBuilder()
                .addOutcomes(CheckOutcome.newBuilder()
                        .setError(ErrorCode.BLOCKED_BY_RECIPIENT)
                        .addAllAcceptedBefore(List.of(acceptedBefore)))
                .build();
    }

    private static CheckOutcomes passedWithShape(long version) {
        return CheckOutcomes.newBuilder()
                .addOutcomes(
                        CheckOutcome.newBuilder().setShape(Shape.newBuilder().setVersion(version)))
                .build();
    }
}
