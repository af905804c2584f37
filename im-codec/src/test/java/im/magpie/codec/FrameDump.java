package im.magpie.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Frames as text that a test can show: a line for each field, its bytes in hexadecimal and, behind a #, its name. */
public final class FrameDump {

    private record Field(String name, int size) {}

    private static final List<Field> HEADER = List.of(
            new Field("magic", 2),
            new Field("version", 1),
            new Field("flags", 1),
            new Field("command", 2),
            new Field("status", 2),
            new Field("request id", 4),
            new Field("body length", 4));
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

    /** Returns the bytes that the text shows; whatever stands behind a # is for the reader. */
    public static byte[] bytes(String text) {
        var digits = text.lines()
                .map(line -> line.replaceFirst("#.*", "").replaceAll("\\s", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(digits);
    }

    public static ByteBuf buffer(String text) {
        return Unpooled.wrappedBuffer(bytes(text));
    }

    /** Returns the text of one frame, or of as much of it as there is. */
    public static String of(ByteBuf frame) {
        var bytes = ByteBufUtil.getBytes(frame);
        var text = new StringBuilder();
        var offset = 0;
        for (var field : HEADER) {
            var end = Math.min(bytes.length, offset + field.size());
            append(text, HEX.formatHex(bytes, offset, end), field.name());
            offset = end;
        }
        append(text, HEX.formatHex(bytes, offset, bytes.length), "body");
        return text.toString();
    }

    private static void append(StringBuilder text, String hex, String name) {
        if (!hex.isEmpty()) {
            text.append("%-11s # %s%n".formatted(hex, name));
        }
    }

    private FrameDump() {}
}
