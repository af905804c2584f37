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
 * What stands around the body of a text message.
 *
 * @param commandName the command as it was written, a name or a number
 * @param commandNumber 0 where the name is not known
 * @param requestId 32 unsigned bits, 0 where none was written
 * @param status 0 where none was written
 */
record Envelope(String commandName, int commandNumber, boolean commandKnown, int requestId, int status, JsonBody body) {

    private static final int MAX_COMMAND = 0xFFFF;
    private static final long MAX_REQUEST_ID = 0xFFFF_FFFFL;

    static Envelope read(String text) {
        var object = object(text);
        if (!(object.get("command") instanceof JsonPrimitive command)) {
            throw malformed("a command is missing", 0, 0);
        }
        var requestId = (int) number(object.get("requestId"), MAX_REQUEST_ID, "requestId");
        var number = enumNumber(command, Command.getDescriptor());
        var known = number != null && Command.forNumber(number) != null;
        var commandNumber = number == null ? 0 : number;
        var status = object.has("status") ? status(object.get("status"), commandNumber, requestId) : 0;
        return new Envelope(
                command.getAsString(), commandNumber, known, requestId, status, body(object, commandNumber, requestId));
    }

    MalformedFrameException malformedBody(InvalidProtocolBufferException cause) {
        return new MalformedFrameException(
                ErrorCode.MALFORMED_BODY, commandNumber, requestId, String.valueOf(cause.getMessage()));
    }

    private static JsonObject object(String text) {
        try {
            return StrictJson.readObject(text);
        } catch (InvalidProtocolBufferException e) {
            throw malformed(String.valueOf(e.getMessage()), 0, 0);
        }
    }

    private static JsonBody body(JsonObject object, int command, int requestId) {
        var body = object.get("body");
        if (body == null || body.isJsonNull()) {
            return new JsonBody("{}");
        }
        if (!body.isJsonObject()) {
            throw new MalformedFrameException(ErrorCode.MALFORMED_BODY, command, requestId, "a body is an object");
        }
        return new JsonBody(body.toString());
    }

    private static int status(JsonElement status, int command, int requestId) {
        var number =
                status instanceof JsonPrimitive primitive ? enumNumber(primitive, ErrorCode.getDescriptor()) : null;
        if (number == null) {
            throw malformed("unknown status", command, requestId);
        }
        return number;
    }

    /** Returns the number that a name or a number says, null for a name that the enum does not have. */
    private static @Nullable Integer enumNumber(JsonPrimitive value, EnumDescriptor type) {
        if (value.isString()) {
            var named = type.findValueByName(value.getAsString());
            return named == null ? null : named.getNumber();
        }
        return (int) number(value, MAX_COMMAND, type.getName());
    }

    private static long number(@Nullable JsonElement value, long max, String name) {
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
        throw malformed(name + " is an integer from 0 to " + max, 0, 0);
    }

    private static MalformedFrameException malformed(String message, int command, int requestId) {
        return new MalformedFrameException(ErrorCode.MALFORMED_FRAME, command, requestId, message);
    }
}
