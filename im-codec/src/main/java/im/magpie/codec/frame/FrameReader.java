package im.magpie.codec.frame;

import im.magpie.codec.protocol.ErrorCode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** Reads frames out of bytes that may come in any pieces. Every transport reads through it. */
public final class FrameReader {

    private enum State {
        HEADER,
        BODY,
        /** Something malformed came; everything behind it is discarded. */
        BAD
    }

    private final Wire wire;
    private State state = State.HEADER;
    private BodyEncoding encoding = BodyEncoding.PROTOBUF;
    private boolean compressed;
    private int command;
    private int status;
    private int requestId;
    private int length;

    public FrameReader(Wire wire) {
        this.wire = wire;
    }

    /**
     * Takes the next frame, or as much of it as there is.
     *
     * @return the frame, whose release is the caller's; null when more bytes are needed
     * @throws MalformedFrameException once; from then on everything is discarded
     */
    public @Nullable Frame read(ByteBuf in, ByteBufAllocator allocator) {
        if (wire.broken()) {
            state = State.BAD;
        }
        try {
            if (state == State.HEADER && in.readableBytes() >= FrameHeader.BYTES) {
                readHeader(in);
                state = State.BODY;
            }
            if (state == State.BODY && in.readableBytes() >= length) {
                var body = readBody(in, allocator);
                state = State.HEADER;
                return new Frame(encoding, compressed, command, status, requestId, body);
            }
        } catch (MalformedFrameException e) {
            wire.breakOff();
            state = State.BAD;
            in.skipBytes(in.readableBytes());
            throw e;
        }
        if (state == State.BAD) {
            in.skipBytes(in.readableBytes());
        }
        return null;
    }

    private void readHeader(ByteBuf in) {
        if (in.readUnsignedShort() != FrameHeader.MAGIC) {
            throw new MalformedFrameException(ErrorCode.MALFORMED_FRAME, 0, 0, "a frame begins with 0x494D");
        }
        var version = in.readUnsignedByte();
        if (version != FrameHeader.VERSION) {
            throw new MalformedFrameException(
                    ErrorCode.UNSUPPORTED_VERSION, 0, 0, "version " + version + ", only 1 is spoken here");
        }
        var flags = in.readUnsignedByte();
        command = in.readUnsignedShort();
        status = in.readUnsignedShort();
        requestId = in.readInt();
        length = in.readInt();
        var named = BodyEncoding.ofFlags(flags);
        if (named == null || (flags & FrameHeader.UNKNOWN_FLAGS) != 0) {
            throw malformed(ErrorCode.MALFORMED_FRAME, "unknown flags 0x%02X".formatted(flags));
        }
        encoding = named;
        compressed = (flags & FrameHeader.COMPRESSED) != 0;
        if (length < 0 || length > wire.maxBodyBytes()) {
            throw malformed(
                    ErrorCode.FRAME_TOO_LARGE,
                    "a body of %s bytes, the limit is %d"
                            .formatted(Integer.toUnsignedString(length), wire.maxBodyBytes()));
        }
    }

    private ByteBuf readBody(ByteBuf in, ByteBufAllocator allocator) {
        if (!compressed) {
            return in.readRetainedSlice(length);
        }
        try {
            return Deflate.decompress(in.readSlice(length), allocator, wire.maxBodyBytes());
        } catch (DeflateException e) {
            throw malformed(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private MalformedFrameException malformed(ErrorCode code, String message) {
        return new MalformedFrameException(code, command, requestId, message);
    }
}
