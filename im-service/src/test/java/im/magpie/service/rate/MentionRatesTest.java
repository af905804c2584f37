package im.magpie.service.rate;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.user.UserKey;
import im.magpie.service.membership.Member;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MentionRatesTest {

    private static final Member ALICE = new Member(new UserKey("app", "alice"), "group_team");

    private final AtomicLong now = new AtomicLong();
    private volatile MentionRateSettings settings = new MentionRateSettings(2);
    private final MentionRates rates = new MentionRates(() -> settings, now::get);

    @Test
    void soManyAMinuteOfEachSenderInEachGroup() {
        assertThat(rates.take(ALICE)).isTrue();
        assertThat(rates.take(ALICE)).isTrue();
        assertThat(rates.take(ALICE)).isFalse();
        assertThat(rates.take(new Member(ALICE.user(), "group_other"))).isTrue();
        assertThat(rates.take(new Member(new UserKey("app", "bob"), ALICE.conversationId())))
                .isTrue();

        now.addAndGet(Duration.ofSeconds(61).toNanos());
        assertThat(rates.take(ALICE)).isTrue();
    }

    @Test
    void theRateMayChangeAtAnyTime() {
        settings = new MentionRateSettings(0);
        assertThat(rates.take(ALICE)).isFalse();
        settings = new MentionRateSettings(2);
        assertThat(rates.take(ALICE)).isTrue();
    }
}
