package im.magpie.service.redis;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a script answered: always an array, of strings (bytes), integers, nils and arrays of these. */
public final class ScriptReply {

    private final List<? extends @Nullable Object> values;

    public ScriptReply(List<? extends @Nullable Object> values) {
        this.values = Collections.unmodifiableList(values);
    }

    public int size() {
        return values.size();
    }

    /** Returns the bytes of the string at an index, or null where the script answered nil (Lua's false). */
    public byte @Nullable [] bytesOrNull(int index) {
        return (byte[]) values.get(index);
    }

    /** Returns the bytes of the string at an index. */
    public byte[] bytes(int index) {
        var bytes = bytesOrNull(index);
        if (bytes == null) {
            throw new IllegalStateException("nil at " + index);
        }
        return bytes;
    }

    /** Returns the string at an index. */
    public String text(int index) {
        return new String(bytes(index), StandardCharsets.UTF_8);
    }

    /** Returns the integer at an index, which may have come as a string. */
    public long number(int index) {
        return switch (values.get(index)) {
            case Long number -> number;
            case byte[] text -> Long.parseLong(new String(text, StandardCharsets.US_ASCII));
            case null, default -> throw new IllegalStateException("no number at " + index);
        };
    }

    /** Returns the array at an index. */
    public ScriptReply array(int index) {
        if (values.get(index) instanceof List<?> list) {
            return new ScriptReply(list);
        }
        throw new IllegalStateException("no array at " + index);
    }

    /** Returns what follows an index. */
    public ScriptReply from(int index) {
        return new ScriptReply(values.subList(index, values.size()));
    }
}
