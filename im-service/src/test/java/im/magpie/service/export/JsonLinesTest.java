package im.magpie.service.export;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JsonLines lines = new JsonLines(out, new ExportMeters(registry));

    @Test
    void aLineIsOneObjectWhoseMemberSaysWhatItIs() throws IOException {
        lines.begin(Map.of("userId", "alice"), "2026-01-01T00:00:00Z");
        lines.write("blocked", Map.of("userId", "bob"));
        lines.write("message", text("one\ntwo 你好"));
        lines.write("message", text("three"));
        lines.end();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
            {"export":{"format":"magpie-export","version":1,"of":{"userId":"alice"},"at":"2026-01-01T00:00:00Z"}}
            {"blocked":{"userId":"bob"}}
            {"message":{"content":{"text":{"text":"one\\ntwo 你好"}}}}
            {"message":{"content":{"text":{"text":"three"}}}}
            {"end":{"counts":{"blocked":1,"message":2}}}
            """);
        assertThat(written("lines")).isEqualTo(5);
        assertThat(written("bytes")).isEqualTo(out.size());
    }

    @Test
    void whatBreaksOffSaysWhy() throws IOException {
        lines.fail(ErrorCode.UNAVAILABLE);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("{\"failed\":{\"code\":\"UNAVAILABLE\"}}\n");
    }

    private double written(String unit) {
        return registry.get("magpie.service.exported." + unit).counter().count();
    }

    private static ChatMessage text(String text) {
        return ChatMessage.newBuilder().setContent(Contents.text(text)).build();
    }
}
