package im.magpie.service.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.conversation.Admission;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PassengerTest {

    private static final Acceptance BUSY = new Acceptance.Refused(ErrorCode.BUSY, Duration.ofMillis(700));
    private static final Acceptance ACCEPTED = new Acceptance.Accepted(1, 5, 4, 1_000);

    private final Passenger passenger = new Passenger(World.offer(World.TALK, UuidV7.next(() -> 1)));

    @Test
    void anAcceptedMessageCarriesItsPlace() {
        passenger.answered(ACCEPTED, 3);

        assertThat(passenger.stage())
                .isInstanceOfSatisfying(
                        Stage.Accepted.class, stage -> assertThat(stage.batch()).isEqualTo(new Stage.Batch(3, 1)));
        assertThat(passenger.accepted().position().sequence()).isEqualTo(5);
        assertThat(passenger.outcome()).isInstanceOf(Outcome.Pending.class);

        passenger.settled();
        assertThat(passenger.outcome()).isEqualTo(new Outcome.Settled(5, 4, 1_000));
    }

    @Test
    void aMessageAcceptedElsewhereIsSettledThere() {
        passenger.answered(new Acceptance.Duplicate(1, 5, 4, 1_000, false), 3);
        assertThat(passenger.elsewhere().sequence()).isEqualTo(5);

        passenger.settled();

        assertThat(passenger.outcome()).isEqualTo(new Outcome.Settled(5, 4, 1_000));
    }

    @Test
    void aRefusalIsPassedOnWithItsDelay() {
        passenger.answered(BUSY, 0);

        assertThat(passenger.outcome()).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(refused.retryAfter()).hasMillis(700);
        });
    }

    @Test
    void aShapeGoneByIsPassedOn() {
        passenger.answered(new Acceptance.CheckAgain(), 0);

        assertThat(passenger.outcome()).isEqualTo(new Outcome.CheckAgain());
    }

    @Test
    void anUnknownOutcomeIsOfferedAgain() {
        passenger.answered(new Acceptance.Unknown(new MagpieException(ErrorCode.UNAVAILABLE, "no Redis")), 0);

        assertThat(passenger.stage()).isInstanceOf(Stage.Offered.class);
        assertThat(passenger.offer().admission()).isEqualTo(Admission.BOUNDED);
    }

    @Test
    void onceAcceptedItIsExemptFromTheBoundsAndItsSenderHearsOfNoRefusal() {
        passenger.answered(ACCEPTED, 0);
        passenger.offerAgain();
        assertThat(passenger.offer().admission()).isEqualTo(Admission.EXEMPT);

        passenger.answered(BUSY, 0);

        assertThat(passenger.outcome()).isInstanceOf(Outcome.Pending.class);
        assertThat(passenger.decided()).isTrue();
    }

    @Test
    void aResendStaysOneAndIsNeverAccepted() {
        var resend = new Passenger(World.offer(World.TALK, UuidV7.next(() -> 1)).with(Admission.RESEND));
        resend.answered(new Acceptance.Duplicate(1, 7, 7, 1, false), 0);
        resend.offerAgain();
        assertThat(resend.offer().admission()).isEqualTo(Admission.RESEND);

        resend.answered(new Acceptance.CheckAgain(), 0);

        assertThat(resend.outcome()).as("an epoch gone by had accepted it").isInstanceOf(Outcome.Pending.class);
    }

    @Test
    void onceAcceptedItsSenderHearsOfNoOtherShape() {
        passenger.answered(ACCEPTED, 0);
        passenger.offerAgain();

        passenger.answered(new Acceptance.CheckAgain(), 0);

        assertThat(passenger.outcome()).isInstanceOf(Outcome.Pending.class);
    }

    @Test
    void whatIsNotOnItsWayCannotArrive() {
        assertThatThrownBy(passenger::settled).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(passenger::accepted).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(passenger::elsewhere).isInstanceOf(IllegalStateException.class);
    }
}
