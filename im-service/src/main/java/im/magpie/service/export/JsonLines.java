package im.magpie.service.export;

import com.google.protobuf.Message;
import im.magpie.codec.body.JsonBody;
import im.magpie.codec.protocol.ErrorCode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export as it is written: a line is an object with one member, whose name says what it is. The last line tells whether it is complete. Nothing is kept
 * but counts. Not safe for use by many threads.
 */
final class JsonLines {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int VERSION = 1;

    private final OutputStream out;
    private final ExportMeters meters;
    private final Map<String, Long> counts = new LinkedHashMap<>();

    JsonLines(OutputStream out, ExportMeters meters) {
        this.out = out;
        this.meters = meters;
    }

    /** The first line. */
    private record Begin(String format, int version, Object of, String at) {}

    private record End(Map<String, Long> counts) {}

    private record Failed(String code) {}

    /**
     * Begins an export.
     *
     * @param of what it is of
     * @param at when, in ISO 8601
     */
    void begin(Object of, String at) throws IOException {
        line("export", JSON.writeValueAsString(new Begin("magpie-export", VERSION, of, at)));
    }

    void write(String kind, Object value) throws IOException {
        count(kind, JSON.writeValueAsString(value));
    }

    /** Writes a message of the protocol in protobuf's canonical JSON mapping. */
    void write(String kind, Message value) throws IOException {
        count(kind, JsonBody.print(value));
    }

    /** The export is complete. */
    void end() throws IOException {
        line("end", JSON.writeValueAsString(new End(counts)));
    }

    /** The export breaks off here. */
    void fail(ErrorCode code) throws IOException {
        line("failed", JSON.writeValueAsString(new Failed(code.name())));
    }

    private void count(String kind, String json) throws IOException {
        counts.merge(kind, 1L, Long::sum);
        line(kind, json);
    }

    private void line(String kind, String json) throws IOException {
        var line = "{\"%s\":%s}\n".formatted(kind, json).getBytes(StandardCharsets.UTF_8);
        out.write(line);
        meters.wroteLine(line.length);
    }
}
