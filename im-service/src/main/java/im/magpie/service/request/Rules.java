package im.magpie.service.request;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;

/** What can be said to be wrong of any request without looking anything up. All that require something throw INVALID_REQUEST. */
public final class Rules {

    private static final int LONGEST_PAGE = 500;

    /** Returns how many entries a page has of which a number was asked for; 0 asks for as many as there may be. */
    public static int limit(int asked) {
        require(asked >= 0, "a limit is 0 or more");
        return asked == 0 ? LONGEST_PAGE : Math.min(asked, LONGEST_PAGE);
    }

    public static void requireUserId(String userId) {
        require(Identifiers.isUserId(userId), "a user id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    /** @param longest in UTF-16 units */
    public static void requireLength(String name, String text, int longest) {
        require(text.length() <= longest, "%s has at most %d characters".formatted(name, longest));
    }

    /** @throws MagpieException INVALID_REQUEST */
    public static void require(boolean valid, String rule) {
        if (!valid) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, rule);
        }
    }

    private Rules() {}
}
