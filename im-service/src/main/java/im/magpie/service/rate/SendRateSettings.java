package im.magpie.service.rate;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many messages users and apps may send. More are answered RATE_LIMITED. Each im-service counts what it checks itself. Can be changed at run
 * time.
 *
 * @param userPerSecond how many messages a user may send a second on average, over all devices; 0 for any number. A user whose messages are
 *     checked by several instances may get through up to as many times as much
 * @param userBurst how many at once, after a pause
 * @param appPerSecond how many messages all users of an app together may send a second through one instance; 0 for any number. Checks
 *     spread evenly: it is an instance's share of what the app may do
 * @param appBurst how many at once, after a pause
 */
@ConfigurationProperties("im.service.send-rate")
public record SendRateSettings(
        @DefaultValue("500") @PositiveOrZero int userPerSecond,
        @DefaultValue("1000") @Positive int userBurst,
        @DefaultValue("0") @PositiveOrZero int appPerSecond,
        @DefaultValue("1000") @Positive int appBurst) {

    /** A minute is how long an idle bucket is kept: one that takes longer to fill up would be full too early. */
    @AssertTrue(message = "what may come at once must not be more than comes in a minute")
    boolean isFilledUpInAMinute() {
        return fillsUp(userPerSecond, userBurst) && fillsUp(appPerSecond, appBurst);
    }

    private static boolean fillsUp(int perSecond, int burst) {
        return perSecond == 0 || burst <= 60L * perSecond;
    }
}
