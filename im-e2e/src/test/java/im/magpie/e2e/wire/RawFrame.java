package im.magpie.e2e.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** A frame, byte by byte as PROTOCOL.md describes it. */
public record RawFrame(int flags, int command, int status, int requestId, ByteString body) {

    static final int HEADER_BYTES = 16;
    static final short MAGIC = 0x494D;
    static final byte VERSION = 1;

    /** Returns a request with a body in protobuf. */
    public static RawFrame request(Command command, int requestId, MessageLite body) {
        return new RawFrame(0, command.getNumber(), 0, requestId, body.toByteString());
    }

    /** Returns a request with any bytes for a body. */
    public static RawFrame request(int command, int requestId, int... body) {
        var bytes = ByteString.newOutput(body.length);
        for (var one : body) {
            bytes.write(one);
        }
        return new RawFrame(0, command, 0, requestId, bytes.toByteString());
    }

    /** Returns the frame's bytes. */
    public byte[] bytes() {
        return header(VERSION, body.size()).put(body.toByteArray()).array();
    }

    /** Returns a header that announces a body of any length, without the body. */
    public byte[] headerAnnouncing(int length) {
        return header(VERSION, length).slice(0, HEADER_BYTES).compact().array();
    }

    /** Returns the frame's bytes, with another version of the protocol in them. */
    public byte[] bytesOfVersion(int version) {
        return header((byte) version, body.size()).put(body.toByteArray()).array();
    }

    private ByteBuffer header(byte version, int length) {
        return ByteBuffer.allocate(HEADER_BYTES + body.size())
                .putShort(MAGIC)
                .put(version)
                .put((byte) flags)
                .putShort((short) command)
                .putShort((short) status)
                .putInt(requestId)
                .putInt(length);
    }

    /** Returns the named error, or OK. */
    public ErrorCode code() {
        var code = ErrorCode.forNumber(status);
        if (code == null) {
            throw new AssertionError("no status has the number " + status);
        }
        return code;
    }

    /** Returns what the developer is told about an error. */
    public String detail() {
        return parse(ErrorDetail.parser()).getMessage();
    }

    /** Returns the body of a success. */
    public <T> T ok(Parser<T> parser) {
        if (status != 0) {
            throw new AssertionError("%s: %s".formatted(code(), detail()));
        }
        return parse(parser);
    }

    private <T> T parse(Parser<T> parser) {
        try {
            return parser.parseFrom(body);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(
                    "not the body of " + command + ": " + HexFormat.of().formatHex(body.toByteArray()), e);
        }
    }
}
