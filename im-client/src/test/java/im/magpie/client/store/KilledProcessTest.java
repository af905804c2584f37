package im.magpie.client.store;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.FakeConnection;
import im.magpie.codec.protocol.ChatMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed in the middle of writing leaves everything behind that it was told is kept. */
class KilledProcessTest {

    @TempDir
    Path directory;

    /** Writes until it is killed, and says after every call how far it is. */
    public static void main(String[] arguments) {
        try (var store = FileClientStore.open(Path.of(arguments[0]))) {
            for (var i = 1L; ; i++) {
                store.append(CONVERSATION, List.of(message(i)), i);
                store.version(FakeConnection.version(i));
                store.enqueue(ClientStoreTest.outgoing(Long.toString(i)));
                System.out.println(i);
            }
        }
    }

    @Test
    void keepsWhatItHasSaid() throws IOException, InterruptedException {
        var words = directory.resolve("words");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProcessTest.class.getName(),
                        directory.toString())
                .redirectOutput(words.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Await.until(() -> lines(words) >= 500 || !process.isAlive(), "500 words");
        process.destroyForcibly();
        process.waitFor();
        var said = lines(words);
        assertThat(said).isGreaterThanOrEqualTo(500);
        try (var store = FileClientStore.open(directory)) {
            assertThat(store.positions().get(CONVERSATION)).isGreaterThanOrEqualTo(said);
            assertThat(store.version().getCounter()).isGreaterThanOrEqualTo(said);
            assertThat(store.queued()).hasSizeGreaterThanOrEqualTo((int) said);
            assertThat(store.messages(CONVERSATION, 0, said))
                    .hasSize((int) said)
                    .extracting(ChatMessage::getSequence)
                    .isSorted();
        }
    }

    /** Returns how many lines are whole: the last one may be torn as well. */
    private static long lines(Path file) {
        try {
            return Files.readString(file).chars().filter(c -> c == '\n').count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
