package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.CONVERSATION;
import static im.magpie.tcp.fixture.Requests.acknowledge;
import static im.magpie.tcp.fixture.Requests.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.frame.WireForm;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.MarkOutcome;
import im.magpie.common.rpc.MarkOutcomes;
import im.magpie.tcp.fixture.FakeTimelines;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.push.PushRouter;
import im.magpie.tcp.timeline.Marking;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushTest {

    private final TestNode node = new TestNode(Map.of("delivery.resend-after", "50ms", "marking.max-positions", 1));

    @AfterEach
    void close() {
        node.close();
    }

    private void push(PushItem... items) throws InterruptedException {
        node.bean(PushRouter.class)
                .route(PushEnvelope.newBuilder().addAllItems(List.of(items)).build());
    }

    @Test
    void reachesTheConnectionsThatItIsForInOrder() throws InterruptedException {
        try (var alice = node.login("alice");
                var bob = node.login("bob")) {
            push(
                    Pushes.receipt(CONVERSATION, 1, 2),
                    Pushes.receipt("private_alice_carol", 1),
                    Pushes.receipt(CONVERSATION, 99));

            for (var client : new TestClient[] {alice, bob}) {
                assertThat(client.read(Push.Receipts.class)
                                .body()
                                .getReceipts(0)
                                .getConversationId())
                        .isEqualTo(CONVERSATION);
            }
            assertThat(alice.read(Push.Receipts.class).body().getReceipts(0).getConversationId())
                    .isEqualTo("private_alice_carol");
            assertThat(node.bean(MeterRegistry.class)
                            .get("magpie.gateway.unconnected.pushes")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void isTranscodedForThoseWhoSpeakJson() throws InterruptedException {
        try (var alice = new TestClient(node.ports.tcp(), WireForm.JSON)) {
            alice.login("alice");
            push(Pushes.message(CONVERSATION, 5, 1));
            assertThat(alice.read(Push.Messages.class).body().getMessages(0).getSequence())
                    .isEqualTo(5);
        }
    }

    @Test
    void whatANewerReleasePushesIsDropped() throws InterruptedException {
        try (var alice = node.login("alice")) {
            push(PushItem.newBuilder().setCommand(999).addConnectionIds(1).build(), Pushes.receipt(CONVERSATION, 1));
            alice.read(Push.Receipts.class);
        }
    }

    @Test
    void kickedClosesTheConnection() throws InterruptedException {
        try (var alice = node.login("alice")) {
            push(Pushes.kicked(1), Pushes.receipt(CONVERSATION, 1));
            var kicked = alice.read(Push.Kicked.class).body();
            assertThat(kicked.getReason()).isEqualTo(KickReason.SUPERSEDED);
            alice.assertClosed();
        }
        await().until(() -> node.connections() == 0);
    }

    @Test
    void isRepeatedUntilItIsAcknowledged() throws InterruptedException {
        node.timelines.marks.answeredByHand();
        try (var alice = node.login("alice")) {
            push(Pushes.message(CONVERSATION, 5, 1));
            alice.read(Push.Messages.class);
            alice.read(Push.Messages.class);
            alice.write(acknowledge(CONVERSATION, 5));

            var mark = node.timelines.marks.next().request().getMarks(0);
            assertThat(mark.getSession().getUserId()).isEqualTo("alice");
            assertThat(mark.getDeliveredSequence()).isEqualTo(5);
            assertThat(mark.getReadSequence()).isZero();
        }
    }

    @Test
    void acknowledgementsMergeWhileACallIsUnderWay() {
        node.timelines.marks.answeredByHand();
        try (var alice = node.login("alice")) {
            alice.write(acknowledge("private_alice_carol", 1));
            var first = node.timelines.marks.next();
            alice.write(acknowledge(CONVERSATION, 5), acknowledge(CONVERSATION, 7), acknowledge(CONVERSATION, 6));
            alice.write(read(2, CONVERSATION, 4), acknowledge("nonsense", 3), acknowledge("private_alice_bob", 0));
            await().until(() -> node.bean(Marking.class).waiting() == 2);
            first.lose();

            var second = node.timelines.marks.next();
            assertThat(second.request().getMarksList())
                    .extracting(mark ->
                            mark.getConversationId() + " " + mark.getDeliveredSequence() + " " + mark.getReadSequence())
                    .containsExactly(CONVERSATION + " 0 4", CONVERSATION + " 7 0", "private_alice_carol 1 0");
            second.answer(FakeTimelines.allRaised(second.request()));
            assertThat(alice.read(Reply.ReadOk.class).requestId()).isEqualTo(2);
        }
    }

    @Test
    void aReadThatIsRefusedIsTold() {
        node.timelines.marks.answeredBy(_ -> MarkOutcomes.newBuilder()
                .addOutcomes(MarkOutcome.newBuilder()
                        .setError(ErrorCode.NOT_A_PARTICIPANT)
                        .setErrorMessage("not yours"))
                .build());
        try (var alice = node.login("alice")) {
            alice.write(read(2, CONVERSATION, 4));
            alice.readFailure(2, ErrorCode.NOT_A_PARTICIPANT);
            alice.write(read(3, "nonsense", 4));
            alice.readFailure(3, ErrorCode.INVALID_CONVERSATION);
        }
    }

    @Test
    void aReadNamesOnlySoManyConversations() {
        try (var alice = node.login("alice")) {
            var one = read(2, CONVERSATION, 4);
            var two = one.body().toBuilder()
                    .addAllPositions(one.body().getPositionsList())
                    .build();
            alice.write(new Request.Read(2, two));
            alice.readFailure(2, ErrorCode.INVALID_REQUEST);
            alice.write(new Request.Read(3, two.toBuilder().clearPositions().build()));
            alice.read(Reply.ReadOk.class);
        }
    }
}
