package im.magpie.e2e.history;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes a value of a sealed interface as an object whose first member, {@code type}, is the name of its record. */
final class SealedTypes implements TypeAdapterFactory {

    private static final String TYPE = "type";

    @Override
    public <T> @Nullable TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (!type.getRawType().isSealed()) {
            return null;
        }
        Map<String, TypeAdapter<? extends T>> adapters = new HashMap<>();
        records(type.getRawType()).forEach(one -> adapters.put(name(one), adapter(gson, one)));
        return new Adapter<>(gson, adapters);
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses()).flatMap(SealedTypes::records)
                : Stream.of(type);
    }

    /** A permitted subclass of T is a T. */
    @SuppressWarnings("unchecked")
    private static <T> TypeAdapter<? extends T> adapter(Gson gson, Class<?> permitted) {
        return (TypeAdapter<? extends T>) gson.getAdapter(permitted);
    }

    private static String name(Class<?> type) {
        var name = type.getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private static final class Adapter<T> extends TypeAdapter<T> {

        private final Gson gson;
        private final Map<String, TypeAdapter<? extends T>> adapters;

        Adapter(Gson gson, Map<String, TypeAdapter<? extends T>> adapters) {
            this.gson = gson;
            this.adapters = adapters;
        }

        @Override
        public void write(JsonWriter out, T value) throws IOException {
            var members = gson.toJsonTree(value, value.getClass()).getAsJsonObject();
            out.beginObject();
            out.name(TYPE).value(name(value.getClass()));
            for (var member : members.entrySet()) {
                out.name(member.getKey());
                gson.toJson(member.getValue(), out);
            }
            out.endObject();
        }

        @Override
        public T read(JsonReader in) throws IOException {
            var object = JsonParser.parseReader(in).getAsJsonObject();
            var adapter = adapters.get(type(object));
            if (adapter == null) {
                throw new JsonParseException("what is a \"" + type(object) + "\"?");
            }
            return adapter.fromJsonTree(object);
        }

        private static String type(JsonObject object) {
            JsonElement type = object.get(TYPE);
            return type == null ? "" : type.getAsString();
        }
    }
}
