package im.magpie.codec.body;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * Refuses numbers that are longer than any can be. Protobuf's parser gives the text of a numeric field to {@code BigDecimal},
 * whose time grows with the square of the digits: a megabyte of them would hold an event loop for many seconds.
 */
final class JsonNumbers {

    private static final int MAX_LENGTH = 64;

    static void requireShort(JsonObject object, Descriptor type) throws InvalidProtocolBufferException {
        for (var member : object.entrySet()) {
            for (var field : type.getFields()) {
                if (field.getJsonName().equals(member.getKey())
                        || field.getName().equals(member.getKey())) {
                    requireShort(member.getValue(), field);
                }
            }
        }
    }

    private static void requireShort(JsonElement value, FieldDescriptor field) throws InvalidProtocolBufferException {
        switch (value) {
            case JsonArray array -> {
                for (var item : array) {
                    requireShort(item, field);
                }
            }
            case JsonObject object
            when field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ->
                requireShort(object, field.getMessageType());
            case JsonPrimitive primitive
            when isNumeric(field) && primitive.getAsString().length() > MAX_LENGTH ->
                throw new InvalidProtocolBufferException(field.getName() + " is no number that long");
            default -> {
                // Of the right kind or not: the parser will say.
            }
        }
    }

    private static boolean isNumeric(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE, ENUM -> true;
            case BOOLEAN, STRING, BYTE_STRING, MESSAGE -> false;
        };
    }

    private JsonNumbers() {}
}
