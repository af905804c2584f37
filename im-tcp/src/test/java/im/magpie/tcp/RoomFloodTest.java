package im.magpie.tcp;

import static im.magpie.tcp.fixture.RoomPackets.ROOM;
import static im.magpie.tcp.fixture.RoomPackets.enter;
import static im.magpie.tcp.fixture.RoomPackets.large;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.ServerPacket;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.push.PushRouter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a crowded room costs the chats beside it. */
class RoomFloodTest {

    private static final int LARGE = 30_000;

    private double skipped(TestNode node) {
        return node.bean(MeterRegistry.class)
                .get("magpie.gateway.room.pushes")
                .tag("outcome", "skipped")
                .counter()
                .count();
    }

    @Test
    void aConnectionThatReadsNothingOfARoomHasPlaceForItsChats() throws InterruptedException {
        try (var node = new TestNode(
                        Map.of("rooms.merge-interval", "1ms", "dead-after", "10m", "slow-consumer-timeout", "10m"));
                var alice = node.login("alice")) {
            alice.write(enter(2, ROOM));
            alice.read(Reply.RoomOk.class);
            var router = node.bean(PushRouter.class);
            var number = 0;
            while (skipped(node) < 10) {
                router.route(PushEnvelope.newBuilder()
                        .addItems(large(ROOM, ++number, LARGE))
                        .build());
            }
            for (var sequence = 1; sequence <= 20; sequence++) {
                router.route(PushEnvelope.newBuilder()
                        .addItems(Pushes.message("private_alice_bob", sequence, 1))
                        .build());
            }

            for (var sequence = 1; sequence <= 20; sequence++) {
                assertThat(chat(alice).body().getMessages(0).getSequence()).isEqualTo(sequence);
            }
            alice.write(Requests.ping(3));
            ServerPacket packet = alice.readPacket();
            while (packet instanceof Push) {
                packet = alice.readPacket();
            }
            assertThat(packet)
                    .isInstanceOfSatisfying(
                            Reply.PingOk.class,
                            pong -> assertThat(pong.body().getSyncRequired())
                                    .as("a chat was left out")
                                    .isFalse());
        }
    }

    private static Push.Messages chat(TestClient client) {
        var packet = client.readPacket();
        while (packet instanceof Push.Rooms) {
            packet = client.readPacket();
        }
        assertThat(packet).isInstanceOf(Push.Messages.class);
        return (Push.Messages) packet;
    }
}
