package im.magpie.codec.frame;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * How the 16 bytes before every body lie, big-endian: magic (2), version (1), flags (1), command (2), status (2), request id (4), body
 * length (4).
 */
public final class FrameHeader {

    public static final int BYTES = 16;

    static final int MAGIC = 0x494D;
    static final int VERSION = 1;
    static final int COMPRESSED = 0b100;
    static final int UNKNOWN_FLAGS = ~0b111;

    static final int VERSION_OFFSET = 2;
    static final int FLAGS_OFFSET = 3;
    static final int COMMAND_OFFSET = 4;
    static final int STATUS_OFFSET = 6;
    static final int REQUEST_ID_OFFSET = 8;
    static final int LENGTH_OFFSET = 12;

    /** Writes a header whose body follows: {@link #complete} closes it. */
    public static void begin(ByteBuf out, BodyEncoding encoding, int command, int status, int requestId) {
        out.writeShort(MAGIC)
                .writeByte(VERSION)
                .writeByte(encoding.flag())
                .writeShort(command)
                .writeShort(status)
                .writeInt(requestId)
                .writeInt(0);
    }

    /** Enters into the header at {@code start} the length of the body behind it, which ends at the writer index. */
    public static void complete(ByteBuf out, int start) {
        out.setInt(start + LENGTH_OFFSET, out.writerIndex() - start - BYTES);
    }

    /** Puts the compressed form in the place of the body behind the header at {@code start}, unless it is no smaller. */
    public static void compressBody(ByteBuf out, int start, ByteBufAllocator allocator) {
        var body = out.slice(start + BYTES, out.writerIndex() - start - BYTES);
        var compressed = allocator.buffer(body.readableBytes());
        try {
            Deflate.compress(body, compressed);
            if (compressed.readableBytes() < body.readableBytes()) {
                out.writerIndex(start + BYTES).writeBytes(compressed);
                out.setByte(start + FLAGS_OFFSET, out.getByte(start + FLAGS_OFFSET) | COMPRESSED);
            }
        } finally {
            compressed.release();
        }
    }

    private FrameHeader() {}
}
