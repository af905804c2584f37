package im.magpie.e2e.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.util.List;

/** An object in JSON, to read. */
public record Json(Struct struct) {

    /** Parses an object; empty text is an empty one. */
    public static Json parse(String text) {
        var struct = Struct.newBuilder();
        try {
            if (!text.isBlank()) {
                JsonFormat.parser().merge(text, struct);
            }
            return new Json(struct.build());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError("not a JSON object: " + text, e);
        }
    }

    /** Returns a string; a number as it would be written without a point. */
    public String text(String name) {
        var value = struct.getFieldsOrDefault(name, Value.getDefaultInstance());
        return switch (value.getKindCase()) {
            case STRING_VALUE -> value.getStringValue();
            case NUMBER_VALUE -> Long.toString((long) value.getNumberValue());
            case KIND_NOT_SET, NULL_VALUE, BOOL_VALUE, STRUCT_VALUE, LIST_VALUE ->
                throw new AssertionError("no text \"" + name + "\" in " + this);
        };
    }

    public boolean flag(String name) {
        return struct.getFieldsOrThrow(name).getBoolValue();
    }

    public boolean has(String name) {
        return struct.containsFields(name);
    }

    public Json object(String name) {
        return new Json(struct.getFieldsOrThrow(name).getStructValue());
    }

    public List<Json> objects(String name) {
        return struct.getFieldsOrDefault(name, Value.getDefaultInstance()).getListValue().getValuesList().stream()
                .map(value -> new Json(value.getStructValue()))
                .toList();
    }

    public List<String> texts(String name) {
        return struct.getFieldsOrThrow(name).getListValue().getValuesList().stream()
                .map(Value::getStringValue)
                .toList();
    }

    @Override
    public String toString() {
        try {
            return JsonFormat.printer().omittingInsignificantWhitespace().print(struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
