package im.magpie.codec.packet;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import im.magpie.codec.body.ProtobufBody;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import io.netty.buffer.Unpooled;

/**
 * A push whose body was encoded where it was made: the same bytes go out to every recipient, and are transcoded only for
 * connections that speak JSON. It may be kept and written any number of times, by any thread.
 *
 * @param command one that servers write unasked
 * @param bytes the protobuf encoding of the body
 */
public record EncodedPush(Command command, ByteString bytes) implements Packet {

    public EncodedPush {
        if (!isPush(command)) {
            throw new IllegalArgumentException(command + " is no push");
        }
    }

    private static boolean isPush(Command command) {
        return switch (command) {
            case KICKED, GO_AWAY, PUSH, RECEIPT, SETTINGS, TYPING, NOTICE, JOIN_REQUEST, ROOM_PUSH -> true;
            case LOGIN,
                    LOGOUT,
                    PING,
                    DEVICES,
                    SIGN_OUT,
                    SEND,
                    PUSH_ACK,
                    SYNC,
                    PULL,
                    READ,
                    CONFIGURE,
                    GROUP,
                    ROOM,
                    ROOM_SEND -> false;
            case COMMAND_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    }

    @Override
    public int requestId() {
        return 0;
    }

    /**
     * Reads the bytes, at each call anew.
     *
     * @throws IllegalStateException when the bytes are not what the command says: whoever made them is at fault
     */
    @Override
    public Message body() {
        var body = new ProtobufBody(Unpooled.wrappedBuffer(bytes.asReadOnlyByteBuffer()));
        try {
            if (ServerPackets.of(command.getNumber(), ErrorCode.OK_VALUE, 0, body) instanceof Push push) {
                return push.body();
            }
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("not the body of a " + command, e);
        }
        throw new IllegalStateException(command + " is no push");
    }
}
