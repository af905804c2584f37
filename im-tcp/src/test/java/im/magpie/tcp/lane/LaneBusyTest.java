package im.magpie.tcp.lane;

import static im.magpie.tcp.fixture.FakeMessages.outcomes;
import static im.magpie.tcp.fixture.FakeMessages.refused;
import static im.magpie.tcp.fixture.FakeMessages.settled;
import static im.magpie.tcp.lane.Sender.names;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.CheckOutcomes;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitOutcomes;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.fixture.Calls.Call;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.lane.SendAnswer.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LaneBusyTest {

    private static final String HERE = "private_a_b";
    private static final String THERE = "private_a_c";
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final FakeMessages messages = new FakeMessages();
    private final MockTicker ticker = Ticker.newMockTicker();
    private final Lanes lanes = new Lanes(
            LaneSettingsOf.capacity(2).with(10, 1_000_000, HOLD, Duration.ZERO),
            messages,
            ticker,
            new SimpleMeterRegistry(),
            Tracing.off());
    private final Sender alice = new Sender(lanes, 1);
    private final Sender bob = new Sender(lanes, 2);

    @BeforeEach
    void answerByHand() {
        messages.submits.answeredByHand();
    }

    @AfterEach
    void close() {
        lanes.close();
    }

    private Call<SubmitBatch, SubmitOutcomes> fillUp() {
        alice.send(HERE, "m1");
        var underWay = messages.submits.next();
        alice.sendAll(HERE, "m2", "m3");
        return underWay;
    }

    @Test
    void aFullLaneAnswersBusyWithAJitteredDelay() {
        fillUp();
        alice.send(HERE, "m4");

        assertThat(alice.answer("m4")).isInstanceOfSatisfying(Refused.class, refusal -> {
            assertThat(refusal.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(refusal.retryAfterMillis()).isBetween(250, 750);
        });
    }

    @Test
    void whatFollowsARefusedMessageWaitsForItsReturn() {
        var underWay = fillUp();
        alice.send(HERE, "m4");
        underWay.answer(outcomes(settled(1)));
        var second = messages.submits.next();
        alice.send(HERE, "m5");
        alice.assertRefused("m5", ErrorCode.BUSY);

        alice.send(HERE, "m4");
        alice.send(HERE, "m5");
        second.answer(outcomes(settled(2), settled(3)));
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m4", "m5");
    }

    @Test
    void otherPairsAreNotHeldBack() {
        var underWay = fillUp();
        alice.send(HERE, "m4");
        underWay.answer(outcomes(settled(1)));
        var second = messages.submits.next();
        alice.send(THERE, "elsewhere");
        bob.send(HERE, "by somebody else");
        second.answer(outcomes(settled(2), settled(3)));

        assertThat(names(messages.submits.next().request().getItemsList()))
                .containsExactly("elsewhere", "by somebody else");
    }

    @Test
    void aHoldEndsWhenTheRefusedMessageDoesNotReturn() {
        var underWay = fillUp();
        alice.send(HERE, "m4");
        underWay.answer(outcomes(settled(1)));
        var second = messages.submits.next();
        ticker.advance(HOLD.toNanos(), TimeUnit.NANOSECONDS);
        alice.send(HERE, "m5");
        second.answer(outcomes(settled(2), settled(3)));

        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m5");
    }

    @Test
    void aMessageThatReturnsToAFullLaneIsHeldOn() {
        fillUp();
        alice.send(HERE, "m4");
        ticker.advance(HOLD.toSeconds() - 1, TimeUnit.SECONDS);
        alice.send(HERE, "m4");
        ticker.advance(HOLD.toSeconds() - 1, TimeUnit.SECONDS);
        alice.send(HERE, "m5");

        alice.assertRefused("m4", ErrorCode.BUSY);
        alice.assertRefused("m4", ErrorCode.BUSY);
        alice.assertRefused("m5", ErrorCode.BUSY);
    }

    @Test
    void aBusyAcceptRefusesAllThatCameBehindOfThatPair() {
        alice.send(HERE, "m1");
        var underWay = messages.submits.next();
        alice.send(HERE, "m2");
        bob.send(HERE, "n1");
        underWay.answer(outcomes(refused(ErrorCode.BUSY)));

        alice.assertRefused("m1", ErrorCode.BUSY);
        alice.assertRefused("m2", ErrorCode.BUSY);
        var second = messages.submits.next();
        assertThat(names(second.request().getItemsList())).containsExactly("n1");
        alice.send(HERE, "m3");
        alice.assertRefused("m3", ErrorCode.BUSY);

        alice.sendAll(HERE, "m1", "m2");
        second.answer(outcomes(settled(1)));
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m1", "m2");
    }

    @Test
    void theFirstOfSeveralBusyMessagesHasToReturnFirst() {
        alice.send(THERE, "m0");
        var underWay = messages.submits.next();
        alice.sendAll(HERE, "m1", "m2");
        underWay.answer(outcomes(settled(1)));
        messages.submits.next().answer(outcomes(refused(ErrorCode.BUSY), refused(ErrorCode.BUSY)));
        alice.assertRefused("m1", ErrorCode.BUSY);
        alice.assertRefused("m2", ErrorCode.BUSY);

        alice.send(HERE, "m2");
        alice.assertRefused("m2", ErrorCode.BUSY);
        alice.send(HERE, "m1");
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m1");
    }

    @Test
    void anEarlierMessageThatIsRefusedLaterHasToReturnFirst() {
        var underWay = fillUp();
        alice.send(HERE, "m4");
        alice.assertRefused("m4", ErrorCode.BUSY);
        underWay.answer(outcomes(refused(ErrorCode.BUSY)));
        alice.assertRefused("m1", ErrorCode.BUSY);

        alice.send(HERE, "m4");
        alice.assertRefused("m4", ErrorCode.BUSY);
        alice.send(HERE, "m1");
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m1");
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "INTERNAL"})
    void whatIsLeftOpenIsNotOvertakenEither(ErrorCode code) {
        alice.send(HERE, "m1");
        var underWay = messages.submits.next();
        alice.send(HERE, "m2");
        underWay.answer(outcomes(refused(code)));

        alice.assertRefused("m1", code);
        alice.assertRefused("m2", ErrorCode.BUSY);
    }

    @Test
    void whatIsLeftUnansweredIsNotOvertakenEither() {
        alice.send(HERE, "m1");
        messages.submits.next().lose();
        alice.send(HERE, "m2");
        messages.submits.next().answer(outcomes(refused(ErrorCode.CLOCK_AHEAD)));

        assertThat(alice.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
        alice.assertRefused("m2", ErrorCode.BUSY);
    }

    @Test
    void whatComesTooFastHasToReturnBeforeWhatFollowsIt() {
        messages.checks.answeredByHand();
        alice.send(THERE, "m0");
        var first = messages.checks.next();
        alice.sendAll(HERE, "m1", "m2");
        first.answer(FakeMessages.allPass(first.request()));
        messages.submits.next().answer(outcomes(settled(1)));
        messages.checks
                .next()
                .answer(CheckOutcomes.newBuilder()
                        .addOutcomes(CheckOutcome.newBuilder().setTooFast(1).setRetryAfterMs(321))
                        .build());

        assertThat(alice.answer("m2"))
                .isEqualTo(new Refused(ErrorCode.RATE_LIMITED, "too many messages a second", 321));
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m1");
        alice.send(HERE, "m3");
        alice.assertRefused("m3", ErrorCode.BUSY);
    }

    @Test
    void whatIsRefusedOutsideTheLaneIsNotOvertakenEither() {
        alice.hold(HERE, "m1");
        alice.send(HERE, "m2");
        alice.assertRefused("m2", ErrorCode.BUSY);
        alice.hold(HERE, "m2");

        alice.send(HERE, "m1");
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m1");
    }

    @Test
    void senderHearsUnavailableWhenNobodyChecks() {
        messages.checks.unreachable();
        alice.send(HERE, "m1");
        alice.assertRefused("m1", ErrorCode.UNAVAILABLE);

        alice.send(HERE, "m2");
        alice.assertRefused("m2", ErrorCode.BUSY);
    }

    @Test
    void checkIsRepeatedBeforeAnybodyHearsUnavailable() {
        try (var patient = new Lanes(
                LaneSettingsOf.capacity(2).with(10, 1000, HOLD),
                messages,
                Ticker.systemTicker(),
                new SimpleMeterRegistry(),
                Tracing.off())) {
            messages.checks.answeredByHand();
            var sender = new Sender(patient, 1);
            sender.send(HERE, "m1");
            messages.checks.next().lose();
            var second = messages.checks.next();
            second.answer(FakeMessages.allPass(second.request()));
            messages.submits.next().answer(outcomes(settled(1)));

            sender.assertAcknowledged("m1", 1);
        }
    }
}
