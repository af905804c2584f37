package im.magpie.codec.body;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.StringReader;

/** Reads JSON as RFC 8259 has it, one object and nothing behind it, no deeper than any body of ours is. */
public final class StrictJson {

    /** Levels of objects and arrays; no packet that exists needs ten. */
    public static final int MAX_DEPTH = 32;

    /**
     * Reads an object.
     *
     * @throws InvalidProtocolBufferException when the text is none
     */
    public static JsonObject readObject(String text) throws InvalidProtocolBufferException {
        var reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(MAX_DEPTH);
        try {
            if (JsonParser.parseReader(reader) instanceof JsonObject object
                    && reader.peek() == JsonToken.END_DOCUMENT) {
                requireWellFormed(object);
                return object;
            }
        } catch (JsonParseException | IOException e) {
            throw new InvalidProtocolBufferException("not JSON", new IOException(e));
        }
        throw new InvalidProtocolBufferException("a JSON object is expected, and nothing behind it");
    }

    /** An escaped half of a surrogate pair is no character, and no UTF-8 can say it. */
    private static void requireWellFormed(JsonElement element) throws InvalidProtocolBufferException {
        switch (element) {
            case JsonObject object -> {
                for (var member : object.entrySet()) {
                    requireWellFormed(member.getValue());
                }
            }
            case JsonArray array -> {
                for (var item : array) {
                    requireWellFormed(item);
                }
            }
            default -> {
                if (element.isJsonPrimitive() && hasLoneSurrogate(element.getAsString())) {
                    throw new InvalidProtocolBufferException("half a surrogate pair");
                }
            }
        }
    }

    private static boolean hasLoneSurrogate(String text) {
        return text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private StrictJson() {}
}
