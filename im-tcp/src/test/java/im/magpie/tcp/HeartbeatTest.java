package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.ping;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.rpc.ReconcileOutcome.State;
import im.magpie.common.rpc.ReconcileOutcomes;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.heartbeat.Reconciliation;
import im.magpie.tcp.push.PushRouter;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private final TestNode node = new TestNode(Map.of(
            "heartbeat.patience",
            "200ms",
            "heartbeat.spread",
            "10ms",
            "heartbeat.spacing",
            "10ms",
            "delivery.window",
            1));
    private final TestClient client = node.login("alice");

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void aCurrentSessionHearsItsIndexVersion() {
        client.write(ping(2));
        var pong = client.read(Reply.PingOk.class);

        assertThat(pong.requestId()).isEqualTo(2);
        assertThat(pong.body().getIndexVersion()).isEqualTo(FakeSessions.VERSION);
        assertThat(pong.body().getSyncRequired()).isFalse();
        assertThat(pong.body().getServerTime())
                .as("the services' clock, not ours")
                .isLessThan(1_710_000_000_000L);
    }

    @Test
    void pingsGatherWhileACallIsUnderWay() {
        try (var bob = node.login("bob");
                var carol = node.login("carol")) {
            node.sessions.reconciles.answeredByHand();
            client.write(ping(2));
            var first = node.sessions.reconciles.next();
            bob.write(ping(2));
            carol.write(ping(2));
            client.write(ping(3));
            bob.read(Reply.PingOk.class);
            carol.read(Reply.PingOk.class);
            first.answer(FakeSessions.all(first.request(), State.CURRENT));

            assertThat(node.sessions.reconciles.next().request().getSessionsList())
                    .extracting(session -> session.getUserId())
                    .containsExactlyInAnyOrder("bob", "carol");
        }
    }

    @Test
    void aPongGoesWithoutAVersionWhenTheServicesAreSilent() {
        node.sessions.reconciles.answeredByHand();
        client.write(ping(2));
        assertThat(client.read(Reply.PingOk.class).body().hasIndexVersion()).isFalse();

        node.sessions.reconciles.answeredBy(batch -> FakeSessions.all(batch, State.CURRENT));
        var late = node.sessions.reconciles.next();
        late.answer(FakeSessions.all(late.request(), State.CURRENT));
        client.write(ping(3));
        var pong = client.read(Reply.PingOk.class);
        assertThat(pong.requestId()).isEqualTo(3);
        assertThat(pong.body().hasIndexVersion()).isTrue();
    }

    @Test
    void aPongGoesWithoutAVersionWhenTheCallIsLost() {
        node.sessions.reconciles.unreachable();
        client.write(ping(2));
        assertThat(client.read(Reply.PingOk.class).body().hasIndexVersion()).isFalse();
    }

    @Test
    void anUnknownSessionIsAnnounced() {
        node.sessions.reconciles.answeredBy(batch -> FakeSessions.all(batch, State.UNKNOWN));
        node.sessions.announces.answeredByHand();
        client.write(ping(2));
        var announced = node.sessions.announces.next();
        assertThat(announced.request().getSessions(0).getUserId()).isEqualTo("alice");
        assertThat(announced.request().getSessions(0).getLoginTime()).isPositive();
        announced.answer(FakeSessions.all(announced.request(), State.CURRENT));

        assertThat(client.read(Reply.PingOk.class).body().getIndexVersion()).isEqualTo(FakeSessions.VERSION);
    }

    @Test
    void aSupersededSessionIsKicked() {
        var kicked = Kicked.newBuilder()
                .setReason(KickReason.SUPERSEDED)
                .setByDeviceId("phone")
                .build();
        node.sessions.reconciles.answeredBy(_ -> ReconcileOutcomes.newBuilder()
                .addOutcomes(
                        ReconcileOutcome.newBuilder().setState(State.SUPERSEDED).setKicked(kicked))
                .build());
        client.write(ping(2));

        assertThat(client.read(Push.Kicked.class).body()).isEqualTo(kicked);
        client.assertClosed();
    }

    @Test
    void whatWasLeftOutIsToldByTheNextPong() throws InterruptedException {
        node.bean(PushRouter.class)
                .route(PushEnvelope.newBuilder()
                        .addItems(Pushes.message("private_alice_bob", 1, 1))
                        .addItems(Pushes.message("private_alice_bob", 2, 1))
                        .build());
        assertThat(client.read(Push.Messages.class).body().getMessages(0).getSequence())
                .isEqualTo(1);

        client.write(ping(2));
        assertThat(client.read(Reply.PingOk.class).body().getSyncRequired()).isTrue();
        client.write(ping(3));
        assertThat(client.read(Reply.PingOk.class).body().getSyncRequired()).isFalse();
    }

    @Test
    void afterALossAllConnectionsAreReconciledUnasked() {
        try (var bob = node.login("bob")) {
            node.sessions.reconciles.answeredByHand();
            node.bean(Reconciliation.class).all("a test");
            var users = new HashSet<String>();
            while (users.size() < 2) {
                var call = node.sessions.reconciles.next();
                call.request().getSessionsList().forEach(session -> users.add(session.getUserId()));
                call.answer(FakeSessions.all(call.request(), State.CURRENT));
            }
            assertThat(users).containsExactlyInAnyOrder("alice", "bob");
            bob.write(ping(2));
        }
    }
}
