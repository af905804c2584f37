package im.magpie.client.store;

import static im.magpie.client.store.ClientStoreTest.outgoing;
import static im.magpie.client.testing.FakeConnection.version;
import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.ReactionContent;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.TextContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileClientStoreTest {

    @TempDir
    Path directory;

    private record Contents(
            IndexVersion version,
            Map<String, Long> positions,
            List<ChatMessage> messages,
            Map<String, ReadMark> readMarks,
            List<SendRequest> queued,
            List<Receipt> watermarks) {

        static Contents of(ClientStore store) {
            return new Contents(
                    store.version(),
                    store.positions(),
                    store.messages(CONVERSATION, 0, 999),
                    store.readMarks(),
                    store.queued(),
                    store.watermarks());
        }
    }

    /** Everything that a store may be told, twice over. */
    private static final List<Consumer<ClientStore>> STEPS = List.of(
            store -> store.enqueue(outgoing("1")),
            store -> store.append(CONVERSATION, List.of(message(1), message(2)), 2),
            store -> store.version(version(1)),
            store -> store.dequeue("1"),
            store -> store.readMark(CONVERSATION, new ReadMark(2, 0)),
            store -> store.append(CONVERSATION, List.of(), 5),
            store -> store.readMark(CONVERSATION, new ReadMark(2, 2)),
            store -> store.watermark(mark(1)),
            store -> store.enqueue(outgoing("2")),
            store -> store.version(version(2)),
            store -> store.watermark(mark(2)),
            store -> store.append(CONVERSATION, List.of(message(6)), 6));

    private static Receipt mark(long delivered) {
        return Receipt.newBuilder()
                .setConversationId(CONVERSATION)
                .setUserId("alice")
                .setDeliveredSequence(delivered)
                .build();
    }

    private Path log() {
        return directory.resolve("device.log");
    }

    @Test
    void remembersAcrossOpenings() {
        Contents contents;
        try (var store = FileClientStore.open(directory)) {
            STEPS.forEach(step -> step.accept(store));
            contents = Contents.of(store);
        }
        assertThat(contents.messages()).containsExactly(message(1), message(2), message(6));
        for (var i = 0; i < 2; i++) {
            try (var store = FileClientStore.open(directory)) {
                assertThat(Contents.of(store)).isEqualTo(contents);
            }
        }
    }

    @Test
    void isAsItWasAfterTheLastWholeStepWhereverItIsTorn() throws IOException {
        var ends = new ArrayList<Long>();
        var contents = new ArrayList<Contents>();
        try (var store = FileClientStore.open(directory)) {
            ends.add(Files.size(log()));
            contents.add(Contents.of(store));
            for (var step : STEPS) {
                step.accept(store);
                ends.add(Files.size(log()));
                contents.add(Contents.of(store));
            }
        }
        var whole = Files.readAllBytes(log());
        var steps = 0;
        for (var length = 0; length <= whole.length; length++) {
            if (steps + 1 < ends.size() && length >= ends.get(steps + 1)) {
                steps++;
            }
            var torn = Files.createDirectory(directory.resolve("torn" + length));
            Files.write(torn.resolve("device.log"), Arrays.copyOf(whole, length));
            try (var store = FileClientStore.open(torn)) {
                assertThat(Contents.of(store)).as("%d bytes", length).isEqualTo(contents.get(steps));
                store.version(version(9));
            }
            try (var store = FileClientStore.open(torn)) {
                assertThat(store.version())
                        .as("written behind %d bytes", length)
                        .isEqualTo(version(9));
            }
        }
    }

    @Test
    void takesNothingFromADamagedRecordOn() throws IOException {
        try (var store = FileClientStore.open(directory)) {
            store.version(version(1));
            store.version(version(2));
        }
        var end = (int) Files.size(log());
        var bytes = Files.readAllBytes(log());
        bytes[end - 6] ^= 1;
        Files.write(log(), bytes);
        try (var store = FileClientStore.open(directory)) {
            assertThat(store.version()).isEqualTo(version(1));
        }
    }

    @Test
    void leavesAloneWhatIsNotItsOwn() throws IOException {
        Files.writeString(log(), "a letter to a friend");
        assertThatThrownBy(() -> FileClientStore.open(directory))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("is not a client's log");
        assertThat(log()).hasContent("a letter to a friend");
        // And it does not keep the directory.
        Files.delete(log());
        FileClientStore.open(directory).close();
    }

    @Test
    void letsOneClientInAtATime() {
        try (var _ = FileClientStore.open(directory)) {
            assertThatThrownBy(() -> FileClientStore.open(directory))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("in use by another client");
        }
        FileClientStore.open(directory).close();
    }

    @Test
    void whatIsClosedTakesNothing() {
        var store = FileClientStore.open(directory);
        store.close();
        store.close();
        assertThatThrownBy(() -> store.version(version(1))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void goesOnCountingLoginsAlsoWhenItIsCompacted() {
        LoginCount first;
        try (var store = FileClientStore.open(directory)) {
            first = store.countLogin();
            for (var i = 0; i < 200; i++) {
                store.version(version(i));
            }
        }
        for (var i = 2; i < 4; i++) {
            try (var store = FileClientStore.open(directory, 1_000)) {
                assertThat(store.countLogin()).isEqualTo(new LoginCount(first.run(), i));
            }
        }
    }

    @Test
    void compactsWhatIsMostlyWaste() throws IOException {
        Contents contents;
        try (var store = FileClientStore.open(directory)) {
            STEPS.forEach(step -> step.accept(store));
            for (var i = 0; i < 200; i++) {
                store.version(version(i));
                store.enqueue(outgoing("again"));
                store.dequeue("again");
            }
            contents = Contents.of(store);
        }
        var before = Files.size(log());
        Files.writeString(directory.resolve("device.log.new"), "left by a crash");
        try (var store = FileClientStore.open(directory, 1_000)) {
            assertThat(Contents.of(store)).isEqualTo(contents);
            assertThat(Files.size(log())).isLessThan(before / 10);
            store.append(CONVERSATION, List.of(message(7)), 7);
        }
        try (var store = FileClientStore.open(directory, 1_000)) {
            assertThat(store.messages(CONVERSATION, 0, 9))
                    .containsExactly(message(1), message(2), message(6), message(7));
            assertThat(store.queued()).isEqualTo(contents.queued());
        }
        assertThat(directory.resolve("device.log.new")).doesNotExist();
    }

    @Test
    void aRecalledContentLeavesTheFile() throws IOException {
        var recalled = message(1).toBuilder()
                .clearContent()
                .setRecalled(true)
                .setChangedSequence(3)
                .build();
        try (var store = FileClientStore.open(directory)) {
            store.append(CONVERSATION, List.of(saying("a secret"), message(2)), 2);
            store.replace(recalled);
        }
        try (var store = FileClientStore.open(directory)) {
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(recalled, message(2));
            assertThat(store.positions()).isEqualTo(Map.of(CONVERSATION, 2L));
        }
        assertThat(Files.readString(log(), StandardCharsets.ISO_8859_1)).doesNotContain("a secret");
    }

    @Test
    void whatAUserDeletesLeavesTheFileOnce() throws IOException {
        var settings = PersonalSettings.newBuilder().setVersion(1).addDeleted(1).build();
        try (var store = FileClientStore.open(directory)) {
            store.append(CONVERSATION, List.of(saying("a secret"), message(2)), 2);
            store.settings(CONVERSATION, settings);
        }
        FileClientStore.open(directory).close();
        assertThat(Files.readString(log(), StandardCharsets.ISO_8859_1)).doesNotContain("a secret");
        var compacted = Files.getLastModifiedTime(log());
        try (var store = FileClientStore.open(directory)) {
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(message(2));
            assertThat(store.settings(CONVERSATION)).isEqualTo(settings);
        }
        assertThat(Files.getLastModifiedTime(log())).isEqualTo(compacted);
    }

    @Test
    void theNewestStateOutlivesTheProcess() {
        var edited = saying("edited").toBuilder().setChangedSequence(3).build();
        var reaction = message(4).toBuilder()
                .setContent(MessageContent.newBuilder()
                        .setReaction(ReactionContent.newBuilder().setSequence(2).setEmoji("👍")))
                .build();
        try (var store = FileClientStore.open(directory)) {
            store.append(CONVERSATION, List.of(message(1), message(2)), 2);
            store.replace(edited);
            store.append(CONVERSATION, List.of(reaction), 4);
        }
        try (var store = FileClientStore.open(directory)) {
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(edited, message(2), reaction);
            assertThat(store.stale()).isEqualTo(Map.of(CONVERSATION, Map.of(2L, 4L)));
        }
    }

    private static ChatMessage saying(String text) {
        return message(1).toBuilder()
                .setContent(MessageContent.newBuilder()
                        .setText(TextContent.newBuilder().setText(text)))
                .build();
    }

    @Test
    void doesNotCompactALittleWaste() throws IOException {
        try (var store = FileClientStore.open(directory)) {
            for (var i = 0; i < 200; i++) {
                store.version(version(i));
            }
        }
        var before = Files.size(log());
        FileClientStore.open(directory).close();
        assertThat(Files.size(log())).isEqualTo(before);
    }

    @Test
    void remembersManyStepsOfAConversation() {
        try (var store = FileClientStore.open(directory)) {
            for (var i = 1; i <= 100; i++) {
                store.append(CONVERSATION, List.of(message(i)), i);
            }
        }
        try (var store = FileClientStore.open(directory)) {
            assertThat(store.messages(CONVERSATION, 41, 43)).containsExactly(message(42), message(43));
            assertThat(store.messages(CONVERSATION, 0, 100)).hasSize(100);
        }
    }
}
