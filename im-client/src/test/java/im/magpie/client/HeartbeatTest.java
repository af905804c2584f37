package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.SyncReply;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

    private static final int INTERVAL_MILLIS = 20;

    private final FakeGateway gateway = new FakeGateway();

    @AfterEach
    void close() {
        gateway.close();
    }

    private MagpieClient start(Duration silence) {
        return MagpieClient.start(
                TestClients.alice(gateway, new Ears()).withTimings(TestClients.QUICK.withSilence(silence)));
    }

    private FakeConnection welcomed() {
        var connection = gateway.accept();
        connection.login(FakeConnection.WELCOME.toBuilder()
                .setHeartbeatIntervalMs(INTERVAL_MILLIS)
                .build());
        connection.synced(SyncReply.getDefaultInstance());
        return connection;
    }

    @Test
    void pingsAtEveryBeat() {
        try (var _ = start(Duration.ofMinutes(1))) {
            var connection = welcomed();
            var first = connection.next(Request.Ping.class);
            var second = connection.next(Request.Ping.class);
            assertThat(second.requestId()).isNotEqualTo(first.requestId());
        }
    }

    @Test
    void leavesAConnectionOnWhichNothingComes() {
        try (var _ = start(Duration.ofMillis(50))) {
            var dead = welcomed();
            Await.value(dead.closed());
            welcomed();
        }
    }

    @Test
    void anythingThatComesIsASignOfLife() {
        try (var _ = start(Duration.ofSeconds(1))) {
            var connection = welcomed();
            var closed = connection.closed();
            var begun = System.nanoTime();
            // No PONG at all, for longer than the client would wait in silence.
            while (System.nanoTime() - begun < Duration.ofMillis(1_500).toNanos()) {
                connection.next(Request.Ping.class);
                connection.write(new Push.Receipts(ReceiptPush.getDefaultInstance()));
            }
            assertThat(closed).isNotDone();
        }
    }
}
