package im.magpie.client.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** How times look in a terminal, as its clock would show them. */
final class Times {

    private static final DateTimeFormatter DATE_AND_TIME = formatter("yyyy-MM-dd HH:mm");
    private static final DateTimeFormatter TIME = formatter("HH:mm");

    /** @param millis unix milliseconds */
    static String dateAndTime(long millis) {
        return DATE_AND_TIME.format(Instant.ofEpochMilli(millis));
    }

    /** Returns the time of its day; for what is of today. */
    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneId.systemDefault());
    }

    private Times() {}
}
