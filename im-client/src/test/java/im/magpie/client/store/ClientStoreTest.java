package im.magpie.client.store;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every store does. */
class ClientStoreTest {

    @TempDir
    Path directory;

    static Stream<Named<Function<Path, ClientStore>>> stores() {
        return Stream.of(Named.of("memory", _ -> new MemoryClientStore()), Named.of("file", FileClientStore::open));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void knowsNothingAtFirst(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            assertThat(store.version()).isEqualTo(IndexVersion.getDefaultInstance());
            assertThat(store.positions()).isEmpty();
            assertThat(store.queued()).isEmpty();
            assertThat(store.messages(CONVERSATION, 0, 9)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void remembersTheLatestVersion(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            store.version(FakeConnection.version(1));
            store.version(FakeConnection.version(2));
            assertThat(store.version()).isEqualTo(FakeConnection.version(2));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void countsLoginsByANameOfItsOwn(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            var first = store.countLogin();
            assertThat(first.run())
                    .isPositive()
                    .isNotEqualTo(new MemoryClientStore().countLogin().run());
            assertThat(first.number()).isEqualTo(1);
            assertThat(store.countLogin()).isEqualTo(new LoginCount(first.run(), 2));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void findsTheMessagesOfARange(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            store.append(CONVERSATION, List.of(), 10);
            store.append(CONVERSATION, List.of(message(11), message(12), message(13)), 13);
            store.append("private_alice_carol", List.of(message("private_alice_carol", 1)), 1);
            // 14 is a number that no message has.
            store.append(CONVERSATION, List.of(message(15)), 15);
            store.append(CONVERSATION, List.of(message(16)), 16);

            assertThat(store.positions()).containsEntry(CONVERSATION, 16L).containsEntry("private_alice_carol", 1L);
            assertThat(store.messages(CONVERSATION, 0, 99))
                    .containsExactly(message(11), message(12), message(13), message(15), message(16));
            assertThat(store.messages(CONVERSATION, 11, 15)).containsExactly(message(12), message(13), message(15));
            assertThat(store.messages(CONVERSATION, 12, 13)).containsExactly(message(13));
            assertThat(store.messages(CONVERSATION, 13, 14)).isEmpty();
            assertThat(store.messages(CONVERSATION, 16, 99)).isEmpty();
            assertThat(store.messages(CONVERSATION, 12, 12)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void hasAMessageInItsNewestStateAlone(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            store.append(CONVERSATION, List.of(message(1), message(2)), 2);
            store.replace(state(1, 5, "five"));
            store.replace(state(1, 4, "four"));
            store.replace(state(7, 8, "nobody has this message"));

            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(state(1, 5, "five"), message(2));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void knowsWhichMessagesWereChangedSince(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            store.append(CONVERSATION, List.of(), 1);
            store.append(CONVERSATION, List.of(message(2), message(3)), 3);
            store.append(CONVERSATION, List.of(change(4, 1), change(5, 2), change(6, 3), change(7, 2)), 7);
            assertThat(store.stale()).isEqualTo(Map.of(CONVERSATION, Map.of(2L, 7L, 3L, 6L)));

            store.replace(state(2, 5, "not the newest"));
            store.replace(state(3, 6, "the newest"));
            assertThat(store.stale()).isEqualTo(Map.of(CONVERSATION, Map.of(2L, 7L)));

            store.replace(state(2, 7, "the newest"));
            assertThat(store.stale()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aMessageThatWasReadAfterItsChangesIsNotStale(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            store.append(CONVERSATION, List.of(state(1, 2, "edited"), change(2, 1)), 2);
            assertThat(store.stale()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void hidesWhatTheUserHasDeleted(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            assertThat(store.settings(CONVERSATION)).isEqualTo(PersonalSettings.getDefaultInstance());
            store.append(CONVERSATION, List.of(message(1), message(2), message(3), message(4)), 4);
            var settings = PersonalSettings.newBuilder()
                    .setVersion(1)
                    .setDeletedUntil(1)
                    .addDeleted(3)
                    .build();
            store.settings(CONVERSATION, settings);
            assertThat(store.settings(CONVERSATION)).isEqualTo(settings);
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(message(2), message(4));
            assertThat(store.positions()).isEqualTo(Map.of(CONVERSATION, 4L));
        }
    }

    /** They may come before its first message, or when none is left of it. */
    @ParameterizedTest
    @MethodSource("stores")
    void remembersSettingsOfAConversationWithoutMessages(Function<Path, ClientStore> kind) {
        var settings = PersonalSettings.newBuilder().setVersion(1).addDeleted(2).build();
        try (var store = kind.apply(directory)) {
            store.settings(CONVERSATION, settings);
            assertThat(store.settings(CONVERSATION)).isEqualTo(settings);
            store.append(CONVERSATION, List.of(message(1), message(2)), 2);
            assertThat(store.messages(CONVERSATION, 0, 9)).containsExactly(message(1));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void remembersHowFarPeopleAre(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            assertThat(store.watermarks()).isEmpty();
            store.watermark(mark("alice", 1));
            store.watermark(mark("bob", 2));
            store.watermark(mark("alice", 3));
            assertThat(store.watermarks()).containsExactlyInAnyOrder(mark("alice", 3), mark("bob", 2));
        }
    }

    private static Receipt mark(String userId, long delivered) {
        return Receipt.newBuilder()
                .setConversationId(CONVERSATION)
                .setUserId(userId)
                .setDeliveredSequence(delivered)
                .build();
    }

    private static ChatMessage state(long sequence, long changed, String text) {
        return message(sequence).toBuilder()
                .setChangedSequence(changed)
                .setContent(Contents.text(text))
                .build();
    }

    private static ChatMessage change(long sequence, long target) {
        return message(sequence).toBuilder()
                .setContent(Contents.reaction(target, "👍", false))
                .build();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void remembersHowFarTheUserHasRead(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            assertThat(store.readMarks()).isEmpty();
            store.readMark(CONVERSATION, new ReadMark(3, 0));
            store.readMark("private_alice_carol", new ReadMark(1, 1));
            store.readMark(CONVERSATION, new ReadMark(5, 3));
            assertThat(store.readMarks())
                    .containsOnly(
                            Map.entry(CONVERSATION, new ReadMark(5, 3)),
                            Map.entry("private_alice_carol", new ReadMark(1, 1)));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void queuesInOrder(Function<Path, ClientStore> kind) {
        try (var store = kind.apply(directory)) {
            store.enqueue(outgoing("1"));
            store.enqueue(outgoing("2"));
            store.enqueue(outgoing("3"));
            store.dequeue("2");
            store.dequeue("unknown");
            assertThat(store.queued()).containsExactly(outgoing("1"), outgoing("3"));
        }
    }

    static SendRequest outgoing(String id) {
        return SendRequest.newBuilder()
                .setConversationId(CONVERSATION)
                .setClientMessageId(id)
                .setContent(TestClients.text("text " + id))
                .build();
    }
}
