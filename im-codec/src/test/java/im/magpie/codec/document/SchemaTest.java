package im.magpie.codec.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.RoomRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PROTOCOL.md and the schemas say the same, in both directions. */
class SchemaTest {

    private static final List<FileDescriptor> FILES = List.of(
            Command.getDescriptor().getFile(),
            ErrorCode.getDescriptor().getFile(),
            LoginRequest.getDescriptor().getFile(),
            ChatMessage.getDescriptor().getFile(),
            GroupRequest.getDescriptor().getFile(),
            RoomRequest.getDescriptor().getFile());
    private static final ProtocolDocument DOCUMENT = new ProtocolDocument();

    @Test
    void commandsHaveTheirNumbers() {
        assertThat(shown(DOCUMENT.numberedRows("5. Commands"), 2))
                .containsExactlyElementsOf(
                        values(Command.getDescriptor()).stream().skip(1).toList());
    }

    @Test
    void statusesHaveTheirNumbers() {
        assertThat(shown(DOCUMENT.numberedRows("6. Statuses"), 2))
                .containsExactlyElementsOf(values(ErrorCode.getDescriptor()));
    }

    @Test
    void everyMessageAndEnumHasAHeadingAndNothingElseHas() {
        var headings = new ArrayList<String>();
        messages().map(Descriptor::getName).forEach(headings::add);
        enums().map(EnumDescriptor::getName).forEach(headings::add);
        assertThat(DOCUMENT.headings(4)).containsExactlyInAnyOrderElementsOf(headings);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void fieldsHaveTheirNumbersAndTypes(Descriptor message) {
        assertThat(shown(DOCUMENT.numberedRows(message.getName()), 3))
                .containsExactlyElementsOf(
                        message.getFields().stream().map(SchemaTest::shown).toList());
    }

    @ParameterizedTest
    @MethodSource("enums")
    void enumValuesHaveTheirNumbers(EnumDescriptor type) {
        assertThat(shown(DOCUMENT.numberedRows(type.getName()), 2)).containsExactlyElementsOf(values(type));
    }

    @Test
    void alternativesAreMarked() {
        messages()
                .forEach(message -> DOCUMENT.numberedRows(message.getName()).forEach(row -> {
                    var oneof = message.findFieldByName(row.get(1)).getRealContainingOneof();
                    var remark = row.size() > 3 ? row.get(3) : "";
                    assertThat(remark.startsWith("oneof"))
                            .as("%s in %s", row, message.getName())
                            .isEqualTo(oneof != null);
                    if (oneof != null) {
                        assertThat(remark).startsWith("oneof " + oneof.getName());
                    }
                }));
    }

    @Test
    void noSchemaIsLeftOut() throws IOException {
        try (var files = Files.list(Path.of("src/main/proto/magpie/protocol/v1"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(FILES.stream()
                            .map(file -> Path.of(file.getName()).getFileName().toString())
                            .toList());
        }
    }

    @Test
    void schemasHaveNothingThatTheDocumentCanNotShow() {
        assertThat(messages()).allSatisfy(message -> {
            assertThat(message.getNestedTypes()).isEmpty();
            assertThat(message.getEnumTypes()).isEmpty();
        });
    }

    private static Stream<Descriptor> messages() {
        return FILES.stream().flatMap(file -> file.getMessageTypes().stream());
    }

    private static Stream<EnumDescriptor> enums() {
        return FILES.stream()
                .flatMap(file -> file.getEnumTypes().stream())
                .filter(type -> type != Command.getDescriptor() && type != ErrorCode.getDescriptor());
    }

    private static List<String> values(EnumDescriptor type) {
        return type.getValues().stream()
                .map(value -> value.getNumber() + " " + value.getName())
                .toList();
    }

    private static String shown(FieldDescriptor field) {
        var type = switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType().getName();
            case ENUM -> field.getEnumType().getName();
            case INT, LONG, FLOAT, DOUBLE, BOOLEAN, STRING, BYTE_STRING ->
                field.getType().name().toLowerCase(Locale.ROOT);
        };
        var label = field.isRepeated() ? "repeated " : field.toProto().getProto3Optional() ? "optional " : "";
        return "%d %s %s%s".formatted(field.getNumber(), field.getName(), label, type);
    }

    private static List<String> shown(List<List<String>> rows, int cells) {
        return rows.stream().map(row -> String.join(" ", row.subList(0, cells))).toList();
    }
}
