package im.magpie.store.queue;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.broker.StoreEnvelope;
import im.magpie.common.broker.StoreRecord;
import im.magpie.fixture.Chat;
import im.magpie.store.message.StoreItem.EpochBarrier;
import im.magpie.store.message.StoreItem.Message;
import im.magpie.store.queue.Delivery.Envelope;
import im.magpie.store.queue.Delivery.Unreadable;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    private final Chat chat = Chat.in(7);

    @Test
    void readsAnEnvelope() {
        var body = chat.envelope(1, 3).toByteArray();

        var delivery = Delivery.read(5, body);

        assertThat(delivery).isEqualTo(new Envelope(5, body.length, chat.envelope(1, 3)));
        assertThat(delivery.records()).isEqualTo(3);
        assertThat(delivery.size()).isEqualTo(body.length);
    }

    @Test
    void knowsWhatIsNoEnvelope() {
        var body = chat.envelope(1, 3).toByteArray();
        body[body.length - 1] = (byte) 0xFF;

        assertThat(Delivery.read(5, body)).isInstanceOfSatisfying(Unreadable.class, unreadable -> {
            assertThat(unreadable.tag()).isEqualTo(5);
            assertThat(unreadable.raw().toByteArray()).isEqualTo(body);
            assertThat(unreadable.reason()).startsWith("not an envelope");
        });
    }

    @Test
    void doesNotPassOverARecordThatItDoesNotUnderstand() {
        var newer = StoreEnvelope.newBuilder()
                .addRecords(StoreRecord.getDefaultInstance())
                .build();

        assertThat(Delivery.read(5, newer.toByteArray()))
                .isInstanceOfSatisfying(
                        Unreadable.class,
                        unreadable -> assertThat(unreadable.reason()).contains("unknown kind"));
    }

    @Test
    void aBatchKeepsTheOrderOfTheQueue() {
        var garbage = Delivery.read(2, new byte[] {(byte) 0xFF});
        var batch = new Batch(List.of(
                Delivery.read(1, chat.envelope(1, 2).toByteArray()),
                garbage,
                Delivery.read(3, chat.barrier(2).toByteArray()),
                Delivery.read(4, chat.envelope(3, 3).toByteArray())));

        assertThat(batch.items())
                .containsExactly(
                        new Message(7, 1, chat.message(1), false),
                        new Message(7, 1, chat.message(2), false),
                        new EpochBarrier(7, 2),
                        new Message(7, 4, chat.message(3), false));
        assertThat(batch.unreadable()).containsExactly((Unreadable) garbage);
    }
}
