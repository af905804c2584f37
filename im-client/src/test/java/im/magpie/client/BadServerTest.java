package im.magpie.client;

import static im.magpie.client.testing.TestClients.CONVERSATION;
import static im.magpie.client.testing.TestClients.message;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.codec.protocol.SendReply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What comes from a gateway that is at fault, older or newer does not bring a client down. */
class BadServerTest {

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private final MagpieClient client = MagpieClient.start(TestClients.alice(gateway, ears));

    @AfterEach
    void close() {
        client.close();
        gateway.close();
    }

    @Test
    void leavesAConnectionThatMakesNoSense() {
        var connection = welcomed();
        connection.garbage();
        Await.value(connection.closed());
        welcomed().push(message(1));
        assertThat(ears.texts(1)).containsExactly("1");
    }

    @Test
    void leavesAConnectionThatTheGatewayCallsBroken() {
        var connection = welcomed();
        connection.write(new Reply.Failure(
                0, Command.COMMAND_UNSPECIFIED_VALUE, ErrorCode.MALFORMED_FRAME, ErrorDetail.getDefaultInstance()));
        Await.value(connection.closed());
        welcomed();
    }

    @Test
    void passesOverRepliesThatNobodyWaitsFor() {
        var connection = welcomed();
        connection.write(new Reply.ReadOk(77_777, ReadReply.getDefaultInstance()));
        connection.push(message(1));
        assertThat(ears.texts(1)).containsExactly("1");
    }

    @Test
    void aReplyOfTheWrongKindFailsItsRequest() {
        var connection = welcomed();
        var history = client.history(CONVERSATION, 0, 0);
        connection.write(
                new Reply.ReadOk(connection.next(Request.Pull.class).requestId(), ReadReply.getDefaultInstance()));
        assertThat(Await.failure(history)).hasMessageContaining("INTERNAL");

        var sent = client.sendText(CONVERSATION, "hello");
        connection.write(
                new Reply.PullOk(connection.next(Request.Send.class).requestId(), PullReply.getDefaultInstance()));
        assertThat(Await.failure(sent)).hasMessageContaining("INTERNAL");
    }

    @Test
    void aLoginThatIsNotAnsweredIsGivenUp() {
        gateway.accept().welcome();
        client.close();
        var timings = TestClients.QUICK.withReply(Duration.ofMillis(50));
        try (var impatient = MagpieClient.start(TestClients.alice(gateway, ears).withTimings(timings))) {
            var mute = gateway.accept();
            mute.next(Request.Login.class);
            Await.value(mute.closed());
            welcomed();
            Await.value(impatient.ready());
        }
    }

    @Test
    void theFirstAnswerToASendCounts() {
        var connection = welcomed();
        var sent = client.sendText(CONVERSATION, "hello");
        var send = connection.next(Request.Send.class);
        for (var sequence = 1; sequence <= 2; sequence++) {
            connection.write(new Reply.SendOk(
                    send.requestId(),
                    SendReply.newBuilder().setSequence(sequence).build()));
        }
        assertThat(Await.value(sent).sequence()).isEqualTo(1);
        assertThat(ears.texts(1)).containsExactly("hello");
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.welcome();
        return connection;
    }
}
