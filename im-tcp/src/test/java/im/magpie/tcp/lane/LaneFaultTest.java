package im.magpie.tcp.lane;

import static im.magpie.tcp.fixture.FakeMessages.outcomes;
import static im.magpie.tcp.fixture.FakeMessages.pending;
import static im.magpie.tcp.fixture.FakeMessages.refused;
import static im.magpie.tcp.fixture.FakeMessages.settled;
import static im.magpie.tcp.fixture.FakeMessages.unknown;
import static im.magpie.tcp.lane.Sender.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.CheckOutcomes;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.common.rpc.SubmitOutcomes;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.fixture.FakeMessages;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.dubbo.rpc.RpcException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages and services that fail again and again. */
class LaneFaultTest {

    private static final String HERE = "private_a_b";
    private static final String THERE = "private_a_c";

    private final FakeMessages messages = new FakeMessages();
    private final AtomicInteger calls = new AtomicInteger();
    private final LaneSettings settings = LaneSettingsOf.capacity(100).with(64, 100_000, Duration.ofSeconds(30));
    private Lanes lanes =
            new Lanes(settings, messages, Ticker.systemTicker(), new SimpleMeterRegistry(), Tracing.off());
    private final Sender alice = new Sender(lanes, 1);
    private final Sender bob = new Sender(lanes, 2);

    @AfterEach
    void close() {
        lanes.close();
    }

    /** Makes every call throw that has one of these messages in it. */
    private void poison(String... names) {
        var bad = Set.of(names);
        messages.submits.answeredBy(batch -> {
            calls.incrementAndGet();
            return names(batch.getItemsList()).stream().anyMatch(bad::contains)
                    ? fail()
                    : FakeMessages.each(batch, _ -> settled(1));
        });
    }

    private static SubmitOutcomes fail() {
        throw new RpcException(RpcException.BIZ_EXCEPTION, "a fault");
    }

    @Test
    void aMessageThatMakesEveryCallThrowIsLeftUnansweredAndTheOthersGoTheirWay() {
        poison("bad");
        alice.sendAll(HERE, "m1", "bad", "m2");
        bob.sendAll(HERE, "n1", "n2");
        for (var i = 0; i < 40; i++) {
            new Sender(lanes, 10 + i).send(THERE, "x");
        }

        bob.assertAcknowledged("n1", 1);
        bob.assertAcknowledged("n2", 1);
        alice.assertAcknowledged("m1", 1);
        awaitUnanswered("bad");
    }

    @Test
    void whatFollowsItOnItsConnectionDoesNotOvertakeIt() {
        messages.checks.answeredByHand();
        poison("bad");
        bob.send(THERE, "n0");
        var first = messages.checks.next();
        alice.sendAll(HERE, "bad", "m1");
        bob.sendAll(THERE, "n1");
        messages.checks.answeredBy(FakeMessages::allPass);
        first.answer(FakeMessages.allPass(first.request()));
        bob.assertAcknowledged("n1", 1);

        awaitUnanswered("bad");
        assertThat(alice.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
        alice.send(HERE, "m1");
        alice.assertRefused("m1", ErrorCode.BUSY);
    }

    /** Only while others are answered it is known that a message is to blame. */
    private void awaitUnanswered(String name) {
        var answer = new AtomicReference<@Nullable SendAnswer>();
        await().until(() -> {
            bob.send(THERE, "another");
            bob.assertAcknowledged("another", 1);
            answer.set(alice.heard(name));
            return answer.get() != null;
        });
        assertThat(answer.get()).isInstanceOf(SendAnswer.Unanswered.class);
    }

    @Test
    void severalBadOnesAreFoundWhereverTheyAre() {
        poison("bad1", "bad2", "bad3", "bad4", "bad5");
        IntStream.rangeClosed(1, 5).forEach(i -> new Sender(lanes, 100 + i).send(HERE, "bad" + i));
        IntStream.rangeClosed(1, 5).forEach(i -> {
            alice.send(THERE, "m" + i);
            alice.assertAcknowledged("m" + i, 1);
        });
    }

    @Test
    void servicesThatFailAltogetherAreAskedSparinglyUntilTheyAreBack() {
        messages.submits.answeredBy(_ -> {
            calls.incrementAndGet();
            return fail();
        });
        IntStream.range(0, 60).forEach(i -> new Sender(lanes, 100 + i).send(HERE, "x"));
        alice.send(HERE, "m1");
        await().until(() -> calls.get() > 100);
        assertThat(alice.heardNothing("m1")).isTrue();

        messages.submits.answeredBy(batch -> FakeMessages.each(batch, _ -> settled(1)));

        alice.assertAcknowledged("m1", 1);
    }

    @Test
    void whatTheServicesCannotTakeOnIsLeftUnanswered() {
        messages.submits.answeredByHand();
        alice.send(HERE, "m0");
        var first = messages.submits.next();
        alice.sendAll(HERE, "m1", "m2");
        bob.send(HERE, "n1");
        first.answer(outcomes(settled(1)));
        messages.submits.next().answer(outcomes(unknown(), unknown(), settled(2)));

        assertThat(alice.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
        assertThat(alice.answer("m2")).isInstanceOf(SendAnswer.Unanswered.class);
        bob.assertAcknowledged("n1", 2);
        alice.send(HERE, "m2");
        alice.assertRefused("m2", ErrorCode.BUSY);
        alice.send(HERE, "m1");
        assertThat(names(messages.submits.next().request().getItemsList())).containsExactly("m1");
    }

    @Test
    void whatStaysPendingDoesNotHoldUpOtherPairs() {
        messages.submits.answeredBy(batch -> FakeMessages.each(batch, LaneFaultTest::pendingHere));
        alice.sendAll(HERE, "m1", "m2");
        for (var i = 0; i < 20; i++) {
            bob.send(THERE, "n" + i);
            bob.assertAcknowledged("n" + i, 1);
        }
        assertThat(alice.heardNothing("m1")).isTrue();
    }

    private static SubmitOutcome pendingHere(SubmitItem item) {
        return item.getConversationId().equals(HERE) ? pending() : settled(1);
    }

    @Test
    void whatStaysUndecidedIsGivenUpInTheEnd() {
        var ticker = Ticker.newMockTicker();
        lanes.close();
        lanes = new Lanes(settings, messages, ticker, new SimpleMeterRegistry(), Tracing.off());
        var carol = new Sender(lanes, 3);
        messages.submits.answeredByHand();
        carol.send(HERE, "m1");
        messages.submits.next().answer(outcomes(pending()));
        var again = messages.submits.next();
        pass(ticker, LaneSettingsOf.SUBMIT_PATIENCE);
        again.answer(outcomes(pending()));

        assertThat(carol.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
    }

    @Test
    void aRefusalBehindAMessageThatWasGivenUpIsNotHeardOnceInDoubt() {
        messages.submits.answeredByHand();
        alice.sendAll(HERE, "m0");
        var first = messages.submits.next();
        alice.sendAll(HERE, "m1", "m2");
        first.answer(outcomes(settled(1)));
        messages.submits.next().lose();
        messages.submits.next().answer(outcomes(unknown(), refused(ErrorCode.BUSY)));

        assertThat(alice.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
        assertThat(alice.answer("m2")).isInstanceOf(SendAnswer.Unanswered.class);
    }

    /** Its sender may listen no more and offers it again: then it must not come behind what he has said since. */
    @Test
    void nothingGoesOnBehindARefusalThatIsTooLateToBeHeard() {
        var ticker = Ticker.newMockTicker();
        lanes.close();
        lanes = new Lanes(settings, messages, ticker, new SimpleMeterRegistry(), Tracing.off());
        var carol = new Sender(lanes, 3);
        messages.checks.answeredByHand();
        carol.send(HERE, "m1");
        var check = messages.checks.next();
        carol.send(HERE, "m2");
        pass(ticker, Duration.ofSeconds(6));
        messages.checks.answeredBy(FakeMessages::allPass);
        check.answer(CheckOutcomes.newBuilder()
                .addOutcomes(CheckOutcome.newBuilder().setError(ErrorCode.NOT_A_PARTICIPANT))
                .build());

        assertThat(carol.answer("m1")).isInstanceOf(SendAnswer.Unanswered.class);
        carol.assertRefused("m2", ErrorCode.BUSY);
        carol.send(HERE, "m2");
        carol.assertRefused("m2", ErrorCode.BUSY);
        carol.sendAll(HERE, "m1", "m2");
        carol.assertAcknowledged("m1", 1);
        carol.assertAcknowledged("m2", 2);
    }

    /** The connection breaks before he hears of it; he comes back into the group, and offers it again. */
    @Test
    void whatWasHereWhenAnEarlierOneWasRefusedForGoodComesAgain() {
        var carol = new Sender(lanes, 3);
        messages.checks.answeredByHand();
        carol.send(HERE, "m1");
        var check = messages.checks.next();
        carol.send(HERE, "m2");
        messages.checks.answeredBy(FakeMessages::allPass);
        check.answer(CheckOutcomes.newBuilder()
                .addOutcomes(CheckOutcome.newBuilder().setError(ErrorCode.NOT_A_PARTICIPANT))
                .build());

        carol.assertRefused("m1", ErrorCode.NOT_A_PARTICIPANT);
        carol.assertRefused("m2", ErrorCode.BUSY);
        carol.send(HERE, "m2");
        carol.assertAcknowledged("m2", 1);
    }

    private static void pass(MockTicker ticker, Duration time) {
        ticker.advance(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
