package im.magpie.codec.id;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** Client message ids: UUIDs of version 7 (RFC 9562), which begin with the time they were made at. */
public final class UuidV7 {

    private static final int BYTES = 16;
    private static final int TEXT_LENGTH = 36;
    private static final int VERSION = 7;
    private static final int VARIANT = 2;
    private static final long MAX_TIME = (1L << 48) - 1;

    /** Returns a new id of the clock's time. */
    public static UUID next(Clock clock) {
        return of(clock.millis());
    }

    /**
     * Returns a new id.
     *
     * @param clock tells Unix milliseconds: a client's estimate of the server's clock
     */
    public static UUID next(LongSupplier clock) {
        return of(clock.getAsLong());
    }

    private static UUID of(long millis) {
        // Ids need to differ from another of the same sender, not to be unguessable.
        var random = ThreadLocalRandom.current();
        return of(millis, random.nextLong(), random.nextLong());
    }

    /**
     * Returns the id of a time and of other bits, of which it takes the lowest 12 and the highest 62: always the same one.
     *
     * @param millis Unix milliseconds
     */
    public static UUID of(long millis, long high, long low) {
        if (millis < 0 || millis > MAX_TIME) {
            throw new IllegalArgumentException("no time of a UUIDv7: " + millis);
        }
        return new UUID(millis << 16 | VERSION << 12 | (high & 0xFFF), (long) VARIANT << 62 | low >>> 2);
    }

    /** Returns the Unix milliseconds that the id begins with. */
    public static long timeMillis(UUID id) {
        return id.getMostSignificantBits() >>> 16;
    }

    /** Returns the 16 bytes of the id, big-endian. */
    public static byte[] toBytes(UUID id) {
        return ByteBuffer.allocate(BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /**
     * Returns the id of 16 bytes.
     *
     * @throws IllegalArgumentException unless they are 16 and of version 7
     */
    public static UUID fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a UUID has 16 bytes, not " + bytes.length);
        }
        var buffer = ByteBuffer.wrap(bytes);
        return requireVersion7(new UUID(buffer.getLong(), buffer.getLong()));
    }

    /**
     * Returns the id of its canonical text: 36 characters, hexadecimal digits in lower case.
     *
     * @throws IllegalArgumentException unless it is that and of version 7
     */
    public static UUID parse(String text) {
        if (!isCanonical(text)) {
            throw new IllegalArgumentException("not the canonical text of a UUID");
        }
        return requireVersion7(UUID.fromString(text));
    }

    private static UUID requireVersion7(UUID id) {
        if (id.version() != VERSION || id.variant() != VARIANT) {
            throw new IllegalArgumentException("not a UUID of version 7");
        }
        return id;
    }

    private static boolean isCanonical(String text) {
        if (text.length() != TEXT_LENGTH) {
            return false;
        }
        for (var i = 0; i < TEXT_LENGTH; i++) {
            var c = text.charAt(i);
            var fits = switch (i) {
                case 8, 13, 18, 23 -> c == '-';
                default -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private UuidV7() {}
}
