package im.magpie.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.MagpieClient;
import im.magpie.client.store.FileClientStore;
import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.Faults;
import im.magpie.client.testing.MiniMagpie;
import im.magpie.client.testing.TestClients;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chat as a script uses it. */
class ChatCommandTest {

    @TempDir
    Path folder;

    private final InputStream stdin = System.in;
    private final MiniMagpie magpie = new MiniMagpie(1, 60_000, Faults.none());
    private final FakeBusiness business = new FakeBusiness(magpie.nodes());
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        System.setIn(stdin);
        business.close();
        magpie.close();
    }

    private int chat(String lines, String... options) {
        System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
        var command = ImCommand.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        var arguments = new String[options.length + 4];
        arguments[0] = "chat";
        arguments[1] = "alice";
        arguments[2] = "--business=" + business.url();
        arguments[3] = "--data=" + folder;
        System.arraycopy(options, 0, arguments, 4, options.length);
        return command.execute(arguments);
    }

    @Test
    void sendsWhatItIsGivenAndRemembersIt() throws IOException {
        var ears = new Ears();
        try (var bob = MagpieClient.start(TestClients.user("bob", magpie.nodes().getFirst(), ears))) {
            Await.value(bob.ready());
            assertThat(chat("grüße\nand more\n", "--password=password-1", "--to=bob"))
                    .as(err.toString())
                    .isZero();
            assertThat(ears.texts(2)).containsExactly("grüße", "and more");
        }
        assertThat(business.passwords).containsEntry("alice", "password-1");
        var device = Files.readString(folder.resolve("device-id"));

        assertThat(chat("/to bob\n/quit\n", "--password=password-1")).isZero();
        assertThat(out.toString()).contains("alice: grüße", "alice: and more");
        assertThat(folder.resolve("device-id")).hasContent(device);
    }

    @Test
    void needsAPassword() {
        assertThat(chat("", "--password=")).isEqualTo(1);
        assertThat(err.toString()).contains("A password is needed").hasLineCount(1);
    }

    @Test
    void saysThatThePasswordIsWrong() {
        business.passwords.put("alice", "another one");
        assertThat(chat("", "--password=password-1")).isEqualTo(1);
        assertThat(err.toString()).contains("alice can't sign in: user id or password is wrong");
    }

    @Test
    void saysThatTheFolderIsInUse() {
        try (var _ = FileClientStore.open(folder)) {
            assertThat(chat("", "--password=password-1")).isEqualTo(1);
            assertThat(err.toString()).contains("is in use by another client").hasLineCount(1);
        }
    }
}
