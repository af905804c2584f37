package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.wire.Json;
import im.magpie.e2e.wire.RawConnection;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What PROTOCOL.md lets its readers try by hand. */
@OnMagpie
class ProtocolPageIT {

    private static final String LOGIN = "### A LOGIN on a plain socket";
    private static final int LENGTH_OFFSET = 12;

    @Test
    void theLoginWithoutATokenGetsTheReplyThatThePageShows(MagpieSystem system) {
        var examples = ProtocolPage.examples(LOGIN);
        var sent = ProtocolPage.sentBy(examples.get(1), "");
        var shown = ProtocolPage.bytes(examples.get(2));
        assertThat(sent).isEqualTo(ProtocolPage.bytes(examples.get(0)));

        try (var socket = RawConnection.to(system.addresses().gateway(1))) {
            socket.write(sent);
            // The page says itself that the text, and with it the length, may be another.
            assertThat(socket.readBytes(LENGTH_OFFSET)).isEqualTo(Arrays.copyOf(shown, LENGTH_OFFSET));
        }
        try (var socket = RawConnection.to(system.addresses().gateway(1))) {
            socket.write(sent);
            assertThat(socket.read().code()).isEqualTo(ErrorCode.USER_SIG_INVALID);
            socket.awaitEnd();
        }
    }

    @Test
    void theLoginFromAShellWorks(People people, MagpieSystem system) {
        var alice = people.personCalled("alice");
        var sent = ProtocolPage.sentBy(ProtocolPage.examples(LOGIN).get(4), alice.userSig());

        try (var socket = RawConnection.to(system.addresses().gateway(1))) {
            socket.write(sent);
            var reply = socket.read();
            assertThat(reply.command()).isEqualTo(Command.LOGIN_VALUE);
            assertThat(reply.code()).isEqualTo(ErrorCode.OK);
            var body = Json.parse(reply.body().toStringUtf8());
            assertThat(body.text("nodeId")).isEqualTo("gateway-1");
        }
    }
}
