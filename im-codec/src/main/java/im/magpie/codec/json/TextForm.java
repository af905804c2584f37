package im.magpie.codec.json;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.Requests;
import im.magpie.codec.packet.ServerPacket;
import im.magpie.codec.packet.ServerPackets;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * The form of a packet in a text message: {@code {"command":"SEND","requestId":7,"body":{...}}}, and in replies {@code "status":"OK"} before the
 * body. Members that are not known are ignored; a body that is left out is empty.
 */
public final class TextForm {

    /**
     * Reads what a client wrote.
     *
     * @throws MalformedFrameException MALFORMED_FRAME when it is no packet, MALFORMED_BODY when its body is not what its command says
     */
    public static Request readRequest(String text) {
        var envelope = Envelope.read(text);
        if (envelope.status() != ErrorCode.OK_VALUE) {
            throw envelope.malformed("a request has no status");
        }
        try {
            return Requests.of(envelope.command(), envelope.requestId(), envelope.body());
        } catch (InvalidProtocolBufferException _) {
            throw MalformedFrameException.ofBody(envelope.command(), envelope.requestId());
        }
    }

    /**
     * Reads what a server wrote.
     *
     * @return null for what this client does not know and ignores
     * @throws MalformedFrameException as {@link #readRequest} does
     */
    public static @Nullable ServerPacket readServerPacket(String text) {
        var envelope = Envelope.read(text);
        try {
            return ServerPackets.of(envelope.command(), envelope.status(), envelope.requestId(), envelope.body());
        } catch (InvalidProtocolBufferException _) {
            throw MalformedFrameException.ofBody(envelope.command(), envelope.requestId());
        }
    }

    /** Returns the text of a packet. */
    public static String print(Packet packet) {
        var status =
                packet instanceof Reply ? ",\"status\":\"" + packet.status().name() + '"' : "";
        return "{\"command\":" + command(packet)
                + ",\"requestId\":" + Integer.toUnsignedString(packet.requestId())
                + status
                + ",\"body\":" + JsonBody.print(packet.body())
                + "}";
    }

    private static String command(Packet packet) {
        return packet.command() == Command.UNRECOGNIZED
                ? Integer.toString(packet.commandNumber())
                : '"' + packet.command().name() + '"';
    }

    private TextForm() {}
}
