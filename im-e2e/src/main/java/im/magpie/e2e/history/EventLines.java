package im.magpie.e2e.history;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Events as lines of JSON. */
public final class EventLines {

    private static final Gson GSON = new GsonBuilder()
            .disableHtmlEscaping()
            .registerTypeAdapterFactory(new SealedTypes())
            .registerTypeAdapter(DeviceName.class, new DeviceNames())
            .create();

    /** Returns an event as a line, without its end. */
    public static String of(Event event) {
        return GSON.toJson(event, Event.class);
    }

    /**
     * Reads an event.
     *
     * @throws BadHistoryException if the line is none
     */
    public static Event parse(String line) {
        try {
            var event = GSON.fromJson(line, Event.class);
            if (event == null) {
                throw new BadHistoryException("an empty line");
            }
            return event;
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw new BadHistoryException("not an event: " + line, e);
        }
    }

    private static final class DeviceNames extends TypeAdapter<DeviceName> {

        @Override
        public void write(JsonWriter out, DeviceName name) throws IOException {
            out.value(name.toString());
        }

        @Override
        public DeviceName read(JsonReader in) throws IOException {
            return DeviceName.parse(in.nextString());
        }
    }

    private EventLines() {}
}
