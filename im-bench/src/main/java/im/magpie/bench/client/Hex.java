package im.magpie.bench.client;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Numbers as hexadecimal digits in a buffer. */
final class Hex {

    private static final byte[] DIGITS = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int BITS = 4;
    private static final int LETTER = 9;
    private static final int LETTER_BIT = 0x40;

    /** Writes the lowest digits of a number. */
    static void set(ByteBuf out, int index, long value, int digits) {
        var left = value;
        for (var i = digits - 1; i >= 0; i--) {
            out.setByte(index + i, DIGITS[(int) left & 0xF]);
            left >>>= BITS;
        }
    }

    /** Reads what {@link #set} has written. */
    static long get(ByteBuf in, int index, int digits) {
        var value = 0L;
        for (var i = 0; i < digits; i++) {
            var read = in.getByte(index + i);
            value = (value << BITS) | ((read & 0xF) + ((read & LETTER_BIT) == 0 ? 0 : LETTER));
        }
        return value;
    }

    private Hex() {}
}
