package im.magpie.service.watermark;

import im.magpie.service.membership.MembershipRow;
import java.util.StringTokenizer;

/**
 * How far a user is in a conversation.
 *
 * @param delivered the sequence up to which one of the user's devices has everything; at least {@code read}
 * @param read the sequence up to which the user has read
 * @param readOrdinal the ordinal there
 * @param mentioned the sequence of the newest message that mentions the user
 */
public record Watermark(long delivered, long read, long readOrdinal, long mentioned) {

    /** Of somebody who has neither got nor read anything. */
    public static final Watermark NONE = new Watermark(0, 0, 0, 0);

    /** Of somebody whom nobody has mentioned. */
    public Watermark(long delivered, long read, long readOrdinal) {
        this(delivered, read, readOrdinal, 0);
    }

    static Watermark of(MembershipRow row) {
        return new Watermark(row.deliveredSequence(), row.readSequence(), row.readOrdinal(), row.mentionedSequence());
    }

    /** Reads {@code delivered read readOrdinal mentioned}. */
    static Watermark parse(String packed) {
        var numbers = new StringTokenizer(packed);
        return new Watermark(
                Long.parseLong(numbers.nextToken()),
                Long.parseLong(numbers.nextToken()),
                Long.parseLong(numbers.nextToken()),
                // A release before this one wrote three.
                numbers.hasMoreTokens() ? Long.parseLong(numbers.nextToken()) : 0);
    }

    Watermark max(Watermark other) {
        var reader = read >= other.read ? this : other;
        return new Watermark(
                Math.max(delivered, other.delivered),
                reader.read,
                reader.readOrdinal,
                Math.max(mentioned, other.mentioned));
    }

    @Override
    public String toString() {
        return delivered + " " + read + " " + readOrdinal + " " + mentioned;
    }
}
