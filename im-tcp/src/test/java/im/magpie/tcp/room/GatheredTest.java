package im.magpie.tcp.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.common.broker.RoomAudience;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GatheredTest {

    private static final int MANY = 1_000;

    private final Gathered gathered = new Gathered();
    private final List<String> leftOut = new ArrayList<>();

    private void add(String text, RoomPriority priority, int maxMessages, int maxBytes) {
        var said = Said.pushed(
                RoomAudience.newBuilder().setPriority(priority.getNumber()).build(), ByteString.copyFromUtf8(text));
        add(said, maxMessages, maxBytes);
    }

    private void add(Said said, int maxMessages, int maxBytes) {
        gathered.add(said, maxMessages, maxBytes)
                .forEach(out -> leftOut.add(out.bytes().toStringUtf8()));
    }

    private static Said event(String text) {
        return Said.pushed(RoomAudience.newBuilder().setVersion(1).build(), ByteString.copyFromUtf8(text));
    }

    private static Said end(String text) {
        return Said.event(ByteString.copyFromUtf8(text), _ -> true);
    }

    private List<String> take() {
        return gathered.take().stream().map(said -> said.bytes().toStringUtf8()).toList();
    }

    @Test
    void whatIsLeftOutIsOfTheLowestPriorityAndTheOldest() {
        add("low1", RoomPriority.LOW, 4, MANY);
        add("normal1", RoomPriority.NORMAL, 4, MANY);
        add("low2", RoomPriority.LOW, 4, MANY);
        add("high1", RoomPriority.HIGH, 4, MANY);
        assertThat(leftOut).isEmpty();

        add("normal2", RoomPriority.NORMAL, 4, MANY);
        add("normal3", RoomPriority.ROOM_PRIORITY_UNSPECIFIED, 4, MANY);
        add("normal4", RoomPriority.NORMAL, 4, MANY);
        add("low3", RoomPriority.LOW, 4, MANY);
        assertThat(leftOut).containsExactly("low1", "low2", "normal1", "low3");

        add("high2", RoomPriority.HIGH, 4, MANY);
        assertThat(take()).containsExactly("high1", "normal3", "normal4", "high2");
        assertThat(gathered.isEmpty()).isTrue();
    }

    @Test
    void bytesCountTooButForASingleMessage() {
        add("0123456789", RoomPriority.NORMAL, MANY, 5);
        assertThat(leftOut).isEmpty();

        add("abc", RoomPriority.HIGH, MANY, 5);
        assertThat(leftOut).containsExactly("0123456789");
        add("de", RoomPriority.LOW, MANY, 5);
        assertThat(take()).containsExactly("abc", "de");
    }

    @Test
    void eventsStayAndTakeNobodysPlace() {
        for (var i = 0; i < 10; i++) {
            add(event("event" + i), 1, 1);
        }
        add("message", RoomPriority.LOW, 1, MANY);

        assertThat(leftOut).isEmpty();
        assertThat(take()).hasSize(11).startsWith("event0").endsWith("message");
    }

    @Test
    void whatIsBehindSomebodysEndIsNotForHim() {
        add("before", RoomPriority.NORMAL, MANY, MANY);
        add(end("end"), MANY, MANY);
        add("after", RoomPriority.NORMAL, MANY, MANY);
        assertThat(gathered.isCut()).isTrue();

        assertThat(take()).containsExactly("before", "end");
        assertThat(gathered.isCut()).isFalse();
        assertThat(take()).containsExactly("after");
    }

    @Test
    void theBoundHoldsForAllThatWaits() {
        add("one", RoomPriority.NORMAL, 2, MANY);
        add(end("end"), 2, MANY);
        add("two", RoomPriority.NORMAL, 2, MANY);
        add("three", RoomPriority.NORMAL, 2, MANY);

        assertThat(leftOut).containsExactly("one");
        assertThat(take()).containsExactly("end");
        assertThat(take()).containsExactly("two", "three");
        add("four", RoomPriority.NORMAL, 1, MANY);
        assertThat(take()).as("what was taken does not count any more").containsExactly("four");
    }
}
