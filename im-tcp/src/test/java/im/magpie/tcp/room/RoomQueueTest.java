package im.magpie.tcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.tcp.fixture.RoomPackets;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoomQueueTest {

    private final Device alice = new Device("alice", Ticker.systemTicker());
    private final RoomQueue queue = new RoomQueue(6, 4);

    private boolean offer(String room, int number) {
        return queue.offer(
                new PendingSay(alice.connection, RoomPackets.say(number, room, number), new RoomName("demo", room), 0));
    }

    private List<Integer> take(int most, long mostBytes) throws InterruptedException {
        return queue.take(most, mostBytes).stream()
                .map(say -> say.request().requestId())
                .toList();
    }

    @Test
    void roomsTakeTurnsAndEachKeepsItsOrder() throws InterruptedException {
        for (var number = 1; number <= 4; number++) {
            offer("crowded", number);
        }
        offer("quiet", 11);
        offer("calm", 21);

        assertThat(take(4, 1_000_000)).containsExactly(1, 11, 21, 2);
        assertThat(take(4, 1_000_000)).containsExactly(3, 4);
        assertThat(queue.size()).isZero();
    }

    @Test
    void aCrowdedRoomLeavesPlaceForTheOthers() {
        for (var number = 1; number <= 4; number++) {
            assertThat(offer("crowded", number)).isTrue();
        }
        assertThat(offer("crowded", 5)).isFalse();
        assertThat(offer("quiet", 11)).isTrue();
        assertThat(offer("calm", 21)).isTrue();
        assertThat(offer("other", 31)).as("more than wait at all").isFalse();
    }

    @Test
    void aBatchHasSoManyBytesButForASingleMessage() throws InterruptedException {
        offer("crowded", 1);
        offer("crowded", 2);
        assertThat(take(10, 1)).containsExactly(1);
        assertThat(take(10, 1)).containsExactly(2);
    }
}
