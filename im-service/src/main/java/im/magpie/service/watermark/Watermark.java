package im.magpie.service.watermark;

import im.magpie.service.membership.MembershipRow;

/**
 * How far a user is in a conversation.
 *
 * @param delivered the sequence up to which one of the user's devices has everything; at least {@code read}
 * @param read the sequence up to which the user has read
 * @param readOrdinal the ordinal there
 */
public record Watermark(long delivered, long read, long readOrdinal) {

    /** Of somebody who has neither got nor read anything. */
    public static final Watermark NONE = new Watermark(0, 0, 0);

    static Watermark of(MembershipRow row) {
        return new Watermark(row.deliveredSequence(), row.readSequence(), row.readOrdinal());
    }

    /** Reads {@code delivered read readOrdinal}. */
    static Watermark parse(String packed) {
        var first = packed.indexOf(' ');
        var second = packed.indexOf(' ', first + 1);
        return new Watermark(
                Long.parseLong(packed.substring(0, first)),
                Long.parseLong(packed.substring(first + 1, second)),
                Long.parseLong(packed.substring(second + 1)));
    }

    Watermark max(Watermark other) {
        var reader = read >= other.read ? this : other;
        return new Watermark(Math.max(delivered, other.delivered), reader.read, reader.readOrdinal);
    }

    @Override
    public String toString() {
        return delivered + " " + read + " " + readOrdinal;
    }
}
