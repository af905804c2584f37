package im.magpie.common.retention;

import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * For how long messages are kept: {@code forever}, or a time with its unit, {@code 30d} for example. A number without a unit is nothing that messages may be
 * deleted for.
 *
 * @param time null is for ever
 */
public record Retention(@Nullable Duration time) {

    private static final String FOREVER_TEXT = "forever";

    public static final Retention FOREVER = new Retention(null);

    /** @throws IllegalArgumentException when the time is not above zero */
    public Retention {
        if (time != null && !time.isPositive()) {
            throw new IllegalArgumentException("messages are kept for some time, or " + FOREVER_TEXT);
        }
    }

    /**
     * Returns what a setting says.
     *
     * @throws IllegalArgumentException when it says neither
     */
    public static Retention valueOf(String text) {
        if (text.equalsIgnoreCase(FOREVER_TEXT)) {
            return FOREVER;
        }
        if (text.chars().allMatch(Character::isDigit)) {
            throw new IllegalArgumentException("\"%s\" has no unit, as 30d has".formatted(text));
        }
        return new Retention(DurationStyle.detectAndParse(text));
    }

    /**
     * Returns the time of the oldest messages that are kept now, unix milliseconds: older ones have outlived their retention.
     *
     * @param clock not looked at where messages are kept for ever
     */
    public long keptSince(InstantSource clock) {
        return time == null ? Long.MIN_VALUE : clock.millis() - time.toMillis();
    }

    @Override
    public String toString() {
        return time == null ? FOREVER_TEXT : time.toString();
    }
}
