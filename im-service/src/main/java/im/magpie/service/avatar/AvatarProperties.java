package im.magpie.service.avatar;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How avatars of groups are drawn that have none of their own.
 *
 * @param fetchFrom where users' avatars may be fetched to be drawn: what their addresses begin with, `https://cdn.example.com/avatars/` for example, up to and with
 *     a slash. Whatever has another address is never asked for, and drawn as a pattern
 * @param fetchTimeout how long a picture waits for the avatars that it shows; those that have not come by then are patterns for a minute
 * @param maxBytes the largest avatar that is fetched
 * @param maxPixels the most pixels of an avatar that is read, width by height
 * @param cache how much memory the pictures take that are kept, about
 * @param painters how many threads read and draw pictures, and so how many processors they take at most
 * @param maxWaiting how many pictures may be under way at a time; whoever wants one more is answered BUSY
 */
@Validated
@ConfigurationProperties("im.service.avatars")
public record AvatarProperties(
        @DefaultValue
        List<@Pattern(regexp = PREFIX, message = "is no http(s)://host/ with a slash at its end") String> fetchFrom,

        @DefaultValue("2s") @NotNull @DurationMin(millis = 100) @DurationMax(seconds = 5)
        Duration fetchTimeout,

        @DefaultValue("512KB") @NotNull DataSize maxBytes,
        @DefaultValue("4000000") @Min(1) @Max(100_000_000) int maxPixels,
        @DefaultValue("32MB") @NotNull DataSize cache,
        @DefaultValue("1") @Min(1) @Max(64) int painters,
        @DefaultValue("64") @Min(1) @Max(10_000) int maxWaiting) {

    /** Names its server completely, so that nothing that begins with it is another server's; and knows no user, query or fragment. */
    static final String PREFIX = "https?://[^/?#@\\\\\\s]+/([^?#\\\\\\s]*/)?";

    public AvatarProperties {
        fetchFrom = List.copyOf(fetchFrom);
    }
}
