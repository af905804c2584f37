package im.magpie.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import im.magpie.client.testing.FakeConnection;
import im.magpie.codec.protocol.IndexVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordLogTest {

    @TempDir
    Path directory;

    private record Visit(int type, ByteString body, long offset) {}

    private Path file() {
        return directory.resolve("log");
    }

    private List<Visit> visits() throws IOException {
        var visits = new ArrayList<Visit>();
        RecordLog.scan(file(), (type, body, offset) -> visits.add(new Visit(type, body, offset)));
        return visits;
    }

    @Test
    void writesRecordsAsTheyAreDocumented() throws IOException {
        try (var log = RecordLog.open(file(), (_, _, _) -> {})) {
            assertThat(log.append((byte) 7, new byte[] {1, 2, 3})).isEqualTo(8);
            assertThat(log.size()).isEqualTo(20);
        }
        assertThat(HexFormat.ofDelimiter(" ").formatHex(Files.readAllBytes(file())))
                .startsWith(
                        "6d 61 67 70 69 65 00 01 " // magic, version
                                + "07 " // type
                                + "00 00 00 03 " // length
                                + "01 02 03 "); // body; behind it the checksum
        assertThat(visits()).containsExactly(new Visit(7, ByteString.copyFrom(new byte[] {1, 2, 3}), 8));
    }

    @Test
    void readsARecordAgain() throws IOException {
        try (var log = RecordLog.open(file(), (_, _, _) -> {})) {
            var first = log.append((byte) 1, FakeConnection.version(1).toByteArray());
            var second = log.append((byte) 1, FakeConnection.version(2).toByteArray());
            assertThat(log.read(second, IndexVersion.parser())).isEqualTo(FakeConnection.version(2));
            assertThat(log.read(first, IndexVersion.parser())).isEqualTo(FakeConnection.version(1));
            log.append((byte) 1, new byte[0]);
        }
        assertThat(visits()).hasSize(3);
    }

    @Test
    void anImpossibleLengthIsTheEnd() throws IOException {
        try (var log = RecordLog.open(file(), (_, _, _) -> {})) {
            log.append((byte) 1, new byte[] {1});
        }
        for (var length : new String[] {"7fffffff", "ffffffff", "80000000"}) {
            var bytes = HexFormat.of().parseHex("01" + length + "0000");
            var whole = Files.readAllBytes(file());
            Files.write(file(), bytes, StandardOpenOption.APPEND);
            RecordLog.open(file(), (_, _, _) -> {}).close();
            assertThat(Files.readAllBytes(file())).isEqualTo(whole);
        }
    }

    @Test
    void aFileOfALaterVersionIsLeftAlone() throws IOException {
        Files.write(file(), HexFormat.of().parseHex("6d61677069650002" + "0100000000"));
        assertThatThrownBy(() -> RecordLog.open(file(), (_, _, _) -> {})).hasMessageContaining("is not a client's log");
        assertThat(Files.size(file())).isEqualTo(13);
    }

    @Test
    void aVisitorMayRefuse() throws IOException {
        try (var log = RecordLog.open(file(), (_, _, _) -> {})) {
            log.append((byte) 99, new byte[] {1});
        }
        assertThatThrownBy(() -> RecordLog.open(file(), (type, _, _) -> {
                    throw new IOException("unknown type " + type);
                }))
                .hasMessage("unknown type 99");
        assertThatThrownBy(() -> FileClientStore.open(rename())).hasMessageContaining("unknown type 99");
    }

    private Path rename() throws IOException {
        Files.move(file(), directory.resolve("device.log"));
        return directory;
    }
}
