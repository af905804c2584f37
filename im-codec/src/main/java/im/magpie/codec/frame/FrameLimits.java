package im.magpie.codec.frame;

/**
 * How large a body may be, in bytes. It holds for the body as it travels and as it is once it is decompressed, and for a whole text message.
 *
 * @param beforeLogin the limit until the peer is known
 * @param afterLogin the limit from then on
 */
public record FrameLimits(int beforeLogin, int afterLogin) {

    /** 64 KiB before login, 1 MiB after it. */
    public static final FrameLimits DEFAULT = new FrameLimits(64 * 1024, 1024 * 1024);

    public FrameLimits {
        if (beforeLogin < 1 || afterLogin < beforeLogin) {
            throw new IllegalArgumentException(
                    "limits must rise from at least 1, are %d and %d".formatted(beforeLogin, afterLogin));
        }
    }

    /** Returns the same limit from the first frame on: what a client has for its server. */
    public static FrameLimits constant(int bytes) {
        return new FrameLimits(bytes, bytes);
    }
}
