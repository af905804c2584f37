package im.magpie.codec.json;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.body.StrictJson;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a text message holds.
 *
 * @param command the command's number; 0 for a name that is not known
 * @param requestId 32 unsigned bits; 0 where none was written
 * @param status the status' number; OK where none was written, -1 for a name that is not known
 */
record Envelope(int command, int requestId, int status, JsonBody body) {

    private static final int MAX_NUMBER = 0xFFFF;
    private static final long MAX_REQUEST_ID = 0xFFFF_FFFFL;
    private static final int UNKNOWN_STATUS = -1;

    static Envelope read(String text) {
        var object = object(text);
        if (!object.has("command")) {
            throw malformed(0, 0, "a packet has a command");
        }
        var requestId = (int) number(object.get("requestId"), MAX_REQUEST_ID);
        var command = number(object.get("command"), Command.getDescriptor(), Command.COMMAND_UNSPECIFIED_VALUE);
        var status = number(object.get("status"), ErrorCode.getDescriptor(), UNKNOWN_STATUS);
        return switch (object.get("body")) {
            case null -> new Envelope(command, requestId, status, new JsonBody(new JsonObject()));
            case JsonObject body -> new Envelope(command, requestId, status, new JsonBody(body));
            default -> throw MalformedFrameException.ofBody(command, requestId);
        };
    }

    MalformedFrameException malformed(String message) {
        return malformed(command, requestId, message);
    }

    private static JsonObject object(String text) {
        try {
            return StrictJson.readObject(text);
        } catch (InvalidProtocolBufferException e) {
            throw malformed(0, 0, String.valueOf(e.getMessage()));
        }
    }

    /** Returns the number that a name or a number says, 0 where there is none. */
    private static int number(@Nullable JsonElement value, EnumDescriptor type, int unknown) {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            var named = type.findValueByName(primitive.getAsString());
            return named == null ? unknown : named.getNumber();
        }
        return (int) number(value, MAX_NUMBER);
    }

    private static long number(@Nullable JsonElement value, long max) {
        if (value == null) {
            return 0;
        }
        try {
            if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
                var number = Long.parseLong(primitive.getAsString());
                if (number >= 0 && number <= max) {
                    return number;
                }
            }
        } catch (NumberFormatException _) {
            // Falls through to the same complaint.
        }
        throw malformed(
                0, 0, "command and status are names or numbers, a request id is an unsigned integer of 32 bits");
    }

    private static MalformedFrameException malformed(int command, int requestId, String message) {
        return new MalformedFrameException(ErrorCode.MALFORMED_FRAME, command, requestId, message);
    }
}
