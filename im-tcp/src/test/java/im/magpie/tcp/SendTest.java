package im.magpie.tcp;

import static im.magpie.tcp.fixture.FakeMessages.outcomes;
import static im.magpie.tcp.fixture.FakeMessages.refused;
import static im.magpie.tcp.fixture.FakeMessages.settled;
import static im.magpie.tcp.fixture.Requests.CONVERSATION;
import static im.magpie.tcp.fixture.Requests.id;
import static im.magpie.tcp.fixture.Requests.send;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.fixture.Requests;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SendTest {

    private final TestNode node = new TestNode(Map.of("limits.max-content-bytes", 1000, "limits.max-unanswered", 64));
    private final TestClient client = node.login("alice");

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void isAcknowledgedOnceItIsSettled() {
        client.write(send(2, 1));
        var reply = client.read(Reply.SendOk.class);

        assertThat(reply.requestId()).isEqualTo(2);
        assertThat(reply.body().getMessageId()).isEqualTo(CONVERSATION + ":1");
        assertThat(reply.body().getSequence()).isEqualTo(1);
        assertThat(reply.body().getServerTime()).isEqualTo(FakeMessages.SERVER_TIME);
    }

    @Test
    void theServicesHearAllOfIt() {
        node.messages.submits.answeredByHand();
        client.write(send(2, 1));
        var item = node.messages.submits.next().request().getItems(0);

        assertThat(item.getAppId()).isEqualTo("demo");
        assertThat(item.getSenderId()).isEqualTo("alice");
        assertThat(item.getConversationId()).isEqualTo(CONVERSATION);
        assertThat(item.getClientMessageId().size()).isEqualTo(16);
        assertThat(item.getIncarnation()).startsWith("gateway-1.");
        assertThat(item.getConnectionId()).isPositive();
        assertThat(item.getContent()).isEqualTo(send(2, 1).body().getContent().toByteString());
    }

    @Test
    void messagesOfAConnectionKeepTheirOrder() {
        client.write(IntStream.rangeClosed(1, 50)
                .mapToObj(number -> send(number + 1, number))
                .toArray(Request[]::new));
        for (var sequence = 1; sequence <= 50; sequence++) {
            var reply = client.read(Reply.SendOk.class);
            assertThat(reply.requestId()).isEqualTo(sequence + 1);
            assertThat(reply.body().getSequence()).isEqualTo(sequence);
        }
    }

    @Test
    void aResendOfWhatIsUnderWayGetsTheSameAnswer() {
        node.messages.submits.answeredByHand();
        client.write(send(2, 1));
        var call = node.messages.submits.next();
        client.write(send(3, 1), send(4, 2), send(5, 2));
        client.write(request(6, "nonsense", true));
        client.readFailure(6, ErrorCode.INVALID_CONVERSATION);
        call.answer(outcomes(settled(1)));

        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(2);
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(3);
        var second = node.messages.submits.next();
        assertThat(second.request().getItemsCount()).isEqualTo(1);
        second.answer(outcomes(settled(2)));
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(4);
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(5);
    }

    @Test
    void aRefusalNamesItsReasonAndWhenToComeBack() {
        node.messages.submits.answeredBy(batch -> FakeMessages.each(
                batch,
                _ -> refused(ErrorCode.BUSY).toBuilder()
                        .setErrorMessage("full")
                        .setRetryAfterMs(321)
                        .build()));
        client.write(send(2, 1));
        var failure = client.readFailure(2, ErrorCode.BUSY);
        assertThat(failure.detail().getMessage()).isEqualTo("full");
        assertThat(failure.detail().getRetryAfterMs()).isEqualTo(321);

        client.write(send(3, 2));
        client.readFailure(3, ErrorCode.BUSY);
        node.messages.submits.answeredBy(node.messages::settleAll);
        client.write(send(4, 1), send(5, 2));
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(4);
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(5);
    }

    @Test
    void whatIsInDoubtAndRefusedIsNotAnsweredButDoesNotCountEither() {
        node.messages.submits.answeredByHand();
        for (var number = 1; number <= 100; number++) {
            client.write(request(number + 1, "private_alice_user" + number, true));
            node.messages.submits.next().lose();
            node.messages.submits.next().answer(outcomes(refused(ErrorCode.CLOCK_AHEAD)));
        }
        node.messages.submits.answeredBy(node.messages::settleAll);
        client.write(send(500, 200));
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(500);
    }

    @Test
    void whatIsNotWellFormedIsRefusedAtTheDoor() {
        client.write(send(2, "not a uuid", "text"));
        client.readFailure(2, ErrorCode.INVALID_CLIENT_MESSAGE_ID);
        client.write(send(3, id(1), "x".repeat(1000)));
        client.readFailure(3, ErrorCode.CONTENT_TOO_LARGE);
        client.write(request(4, "private_bob_alice", true));
        client.readFailure(4, ErrorCode.INVALID_CONVERSATION);
        client.write(request(5, CONVERSATION, false));
        client.readFailure(5, ErrorCode.CONTENT_MISSING);
    }

    private static Request.Send request(int requestId, String conversation, boolean withContent) {
        var content = withContent ? Requests.send(1, 1).body().getContent() : MessageContent.getDefaultInstance();
        return new Request.Send(
                requestId,
                SendRequest.newBuilder()
                        .setConversationId(conversation)
                        .setClientMessageId(id(1))
                        .setContent(content)
                        .build());
    }
}
