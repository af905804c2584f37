package im.magpie.client.cli;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what is typed behind a command. */
final class Words {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,8}");

    /** Returns the words of a text; what stands in quotes is one. */
    static List<String> of(String text) {
        return WORD.matcher(text)
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .toList();
    }

    /** Returns whether the text is a whole number from 1, of up to 9 digits. */
    static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Returns for how many minutes the second word says that something shall be; an hour where there is none, null where it is no number. */
    static @Nullable Duration minutes(List<String> words) {
        if (words.size() < 2) {
            return Duration.ofHours(1);
        }
        return isNumber(words.get(1)) ? Duration.ofMinutes(Long.parseLong(words.get(1))) : null;
    }

    private Words() {}
}
