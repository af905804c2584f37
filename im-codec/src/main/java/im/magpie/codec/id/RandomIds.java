package im.magpie.codec.id;

import java.security.SecureRandom;

/** Makes ids for groups and rooms that nobody has chosen one for. */
public final class RandomIds {

    private static final String DIGITS = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int LENGTH = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns one that nobody has had before and nobody guesses, and that can be read out. */
    public static String next() {
        return RANDOM.ints(LENGTH, 0, DIGITS.length())
                .map(DIGITS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private RandomIds() {}
}
