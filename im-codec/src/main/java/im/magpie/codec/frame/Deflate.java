package im.magpie.codec.frame;

import im.magpie.codec.protocol.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Compressed bodies: deflate in the zlib format of RFC 1950, which every platform has, and which ends in a checksum. An inflater lives for one
 * body, because its native memory would outweigh all else that an idle connection holds.
 */
final class Deflate {

    private static final int SMALLEST_STEP = 256;

    /**
     * Returns the body that was compressed; its release is the caller's.
     *
     * @param limit how many bytes it may have; not many more are ever produced
     */
    static ByteBuf decompress(ByteBuf compressed, ByteBufAllocator allocator, int limit) throws DeflateException {
        var inflater = new Inflater();
        var body = allocator.buffer(Math.min(limit, Math.max(SMALLEST_STEP, 4 * compressed.readableBytes())));
        var whole = false;
        try {
            inflater.setInput(compressed.nioBuffer());
            inflate(inflater, body, limit);
            if (inflater.getRemaining() > 0) {
                throw new DeflateException(ErrorCode.MALFORMED_FRAME, "bytes follow the compressed body");
            }
            whole = true;
            return body;
        } catch (DataFormatException e) {
            throw new DeflateException(ErrorCode.MALFORMED_FRAME, "the body can't be decompressed: " + e.getMessage());
        } finally {
            inflater.end();
            if (!whole) {
                body.release();
            }
        }
    }

    private static void inflate(Inflater inflater, ByteBuf body, int limit)
            throws DataFormatException, DeflateException {
        while (!inflater.finished()) {
            // One byte more than is allowed, to tell a body that ends at the limit from one that goes on.
            body.ensureWritable(Math.min(SMALLEST_STEP, limit + 1 - body.readableBytes()));
            var room = body.nioBuffer(body.writerIndex(), body.writableBytes());
            var count = inflater.inflate(room);
            body.writerIndex(body.writerIndex() + count);
            if (body.readableBytes() > limit) {
                throw new DeflateException(
                        ErrorCode.FRAME_TOO_LARGE, "the limit of a decompressed body is %d bytes".formatted(limit));
            }
            // There was room, so it waits for more input, or for a dictionary that nobody has.
            if (count == 0 && !inflater.finished()) {
                throw new DeflateException(ErrorCode.MALFORMED_FRAME, "the compressed body ends early");
            }
        }
    }

    /** Appends the compressed form of {@code body} to {@code out}. */
    static void compress(ByteBuf body, ByteBuf out) {
        var deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            deflater.setInput(body.nioBuffer());
            deflater.finish();
            while (!deflater.finished()) {
                out.ensureWritable(SMALLEST_STEP);
                var count = deflater.deflate(out.nioBuffer(out.writerIndex(), out.writableBytes()));
                out.writerIndex(out.writerIndex() + count);
            }
        } finally {
            deflater.end();
        }
    }

    private Deflate() {}
}
