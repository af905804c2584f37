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
        if (!envelope.commandKnown()) {
            return new Request.Unknown(envelope.requestId(), envelope.commandNumber(), envelope.commandName());
        }
        try {
            return Requests.of(envelope.commandNumber(), envelope.requestId(), envelope.body());
        } catch (InvalidProtocolBufferException e) {
            throw envelope.malformedBody(e);
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
            return ServerPackets.of(envelope.commandNumber(), envelope.status(), envelope.requestId(), envelope.body());
        } catch (InvalidProtocolBufferException e) {
            throw envelope.malformedBody(e);
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
