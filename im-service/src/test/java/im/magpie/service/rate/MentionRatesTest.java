package im.magpie.service.rate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.common.user.UserKey;
import im.magpie.service.membership.Member;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MentionRatesTest {

    private static final Member ALICE = new Member(new UserKey("app", "alice"), "group_team");

    private static final ByteString FIRST = ByteString.copyFromUtf8("first");
    private static final ByteString SECOND = ByteString.copyFromUtf8("second");
    private static final ByteString THIRD = ByteString.copyFromUtf8("third");

    private final AtomicLong now = new AtomicLong();
    private volatile MentionRateSettings settings = new MentionRateSettings(2);
    private final MentionRates rates = new MentionRates(() -> settings, now::get);

    @Test
    void soManyAMinuteOfEachSenderInEachGroup() {
        assertThat(rates.take(ALICE, FIRST)).isTrue();
        assertThat(rates.take(ALICE, SECOND)).isTrue();
        assertThat(rates.take(ALICE, THIRD)).isFalse();
        assertThat(rates.take(new Member(ALICE.user(), "group_other"), FIRST)).isTrue();
        assertThat(rates.take(new Member(new UserKey("app", "bob"), ALICE.conversationId()), FIRST))
                .isTrue();

        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(rates.take(ALICE, THIRD)).isTrue();
    }

    @Test
    void whatIsOfferedAgainIsNotCountedAgain() {
        assertThat(rates.take(ALICE, FIRST)).isTrue();
        assertThat(rates.take(ALICE, FIRST)).isTrue();
        assertThat(rates.take(ALICE, SECOND)).isTrue();
        assertThat(rates.take(ALICE, FIRST)).isTrue();
        assertThat(rates.take(ALICE, THIRD)).isFalse();
    }

    @Test
    void theRateMayChangeAtAnyTime() {
        settings = new MentionRateSettings(0);
        assertThat(rates.take(ALICE, FIRST)).isFalse();
        settings = new MentionRateSettings(2);
        assertThat(rates.take(ALICE, FIRST)).isTrue();
    }
}
