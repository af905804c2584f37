package im.magpie.codec.frame;

import org.jspecify.annotations.Nullable;

/** How the body of a frame is written; bits 0 and 1 of its flags. */
public enum BodyEncoding {
    PROTOBUF(0),
    /** Protobuf's canonical JSON mapping of the same message, in UTF-8. */
    JSON(1);

    private final int flag;

    BodyEncoding(int flag) {
        this.flag = flag;
    }

    int flag() {
        return flag;
    }

    /** Returns the encoding of a frame's flags, or null when these bits name none. */
    static @Nullable BodyEncoding ofFlags(int flags) {
        return switch (flags & 0b11) {
            case 0 -> PROTOBUF;
            case 1 -> JSON;
            default -> null;
        };
    }
}
