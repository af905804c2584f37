package im.magpie.codec.body;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;

/**
 * Refuses what protobuf's own parser would better not be given. It hands the text of a numeric field to {@code BigDecimal}, whose
 * time grows with the square of the digits: a megabyte of them would hold an event loop for many seconds. And it takes an array
 * of one for its element.
 */
final class JsonFields {

    private static final int MAX_NUMBER_LENGTH = 64;

    static void check(JsonObject object, Descriptor type) throws InvalidProtocolBufferException {
        for (var member : object.entrySet()) {
            for (var field : type.getFields()) {
                if (field.getJsonName().equals(member.getKey())
                        || field.getName().equals(member.getKey())) {
                    check(member.getValue(), field);
                }
            }
        }
    }

    private static void check(JsonElement value, FieldDescriptor field) throws InvalidProtocolBufferException {
        switch (value) {
            case JsonArray _ when !field.isRepeated() -> throw refused(field, "is no array");
            case JsonArray array -> {
                for (var item : array) {
                    check(item, field);
                }
            }
            case JsonObject object
            when field.getJavaType() == FieldDescriptor.JavaType.MESSAGE -> check(object, field.getMessageType());
            case JsonPrimitive number
            when isNumeric(field) && number.getAsString().length() > MAX_NUMBER_LENGTH ->
                throw refused(field, "is no number that long");
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

    private static InvalidProtocolBufferException refused(FieldDescriptor field, String why) {
        return new InvalidProtocolBufferException(field.getName() + " " + why);
    }

    private JsonFields() {}
}
