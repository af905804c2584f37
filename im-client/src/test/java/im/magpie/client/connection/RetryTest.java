package im.magpie.client.connection;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.ReadReply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RetryTest {

    private static Reply.Failure busy(int retryAfterMillis) {
        return new Reply.Failure(
                1,
                2,
                ErrorCode.BUSY,
                ErrorDetail.newBuilder().setRetryAfterMs(retryAfterMillis).build());
    }

    @Test
    void waitsAsLongAsTheServerSays() {
        assertThat(Retry.after(busy(1_234), TestClients.QUICK)).isEqualTo(Duration.ofMillis(1_234));
    }

    @Test
    void waitsAsLongAsTheClientIsSetToWhereTheServerSaysNothing() {
        assertThat(Retry.after(busy(0), TestClients.QUICK)).isEqualTo(TestClients.QUICK.retry());
        assertThat(Retry.after(new Reply.ReadOk(1, ReadReply.getDefaultInstance()), TestClients.QUICK))
                .isEqualTo(TestClients.QUICK.retry());
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNAVAILABLE", "RATE_LIMITED", "INTERNAL", "LOGIN_REQUIRED", "LOGIN_TIMEOUT"})
    void helpsAgainstWhatPasses(ErrorCode code) {
        assertThat(Retry.helps(code)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUSY", "UNAVAILABLE", "RATE_LIMITED", "INTERNAL", "LOGIN_REQUIRED", "LOGIN_TIMEOUT"})
    void doesNotHelpAgainstTheRest(ErrorCode code) {
        assertThat(Retry.helps(code)).isFalse();
    }
}
