package im.magpie.tcp.room;

import static im.magpie.tcp.fixture.RoomPackets.ROOM;
import static im.magpie.tcp.fixture.RoomPackets.banned;
import static im.magpie.tcp.fixture.RoomPackets.changed;
import static im.magpie.tcp.fixture.RoomPackets.closed;
import static im.magpie.tcp.fixture.RoomPackets.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.common.error.MagpieException;
import im.magpie.tcp.room.RoomIndex.Entry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoomIndexTest {

    private static final RoomName STAGE = new RoomName("demo", ROOM);
    private static final RoomName HALL = new RoomName("demo", "hall");
    private static final RoomSettings SETTINGS = new RoomSettings(Duration.ofMillis(50), 3, 1_000, 2, 0, 1);

    private final MockTicker ticker = Ticker.newMockTicker();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RoomIndex index = new RoomIndex(() -> SETTINGS, new RoomMeters(registry));
    private final Device alice = new Device("alice", ticker);
    private final Device bob = new Device("bob", ticker);
    private final List<Device> devices = List.of(alice, bob);

    private Visit begin(Device device, RoomName room) {
        try {
            return index.begin(device.connection, room);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void enter(Device device, long version) {
        assertThat(index.enter(begin(device, STAGE), version)).isEqualTo(Entry.IN);
    }

    private void say(int number, RoomPriority priority) {
        index.pushed(said(ROOM, number, priority));
    }

    private void say(int... numbers) {
        for (var number : numbers) {
            say(number, RoomPriority.NORMAL);
        }
    }

    /** Lets the event loops do what they have to do. */
    private void turn() {
        for (var i = 0; i < 5; i++) {
            devices.forEach(device -> device.channel.runPendingTasks());
        }
    }

    private List<List<Long>> got(Device device) {
        turn();
        return device.packets();
    }

    private void passInterval() {
        ticker.advance(50, TimeUnit.MILLISECONDS);
        turn();
    }

    private boolean in(Device device) {
        return index.has(device.connection, STAGE);
    }

    private double count(String name, String tag, String value) {
        return registry.get(name).tag(tag, value).counter().count();
    }

    @Test
    void theFirstOfAQuietRoomGoesAtOnceAndWhatFollowsGoesTogether() {
        enter(alice, 1);
        enter(bob, 1);
        say(1);
        assertThat(got(alice)).containsExactly(List.of(1L));
        say(2, 3);
        assertThat(got(alice)).isEmpty();

        passInterval();
        assertThat(got(alice)).containsExactly(List.of(2L, 3L));
        assertThat(got(bob)).containsExactly(List.of(1L), List.of(2L, 3L));
        passInterval();
        say(4);
        assertThat(got(alice)).containsExactly(List.of(4L));
    }

    @Test
    void nothingGoesOutBeforeAllHaveTheLast() {
        enter(alice, 1);
        enter(bob, 1);
        say(1);
        alice.channel.runPendingTasks();
        ticker.advance(50, TimeUnit.MILLISECONDS);
        alice.channel.runPendingTasks();
        say(2, 3);
        alice.channel.runPendingTasks();
        assertThat(alice.packets())
                .as("bob's event loop has not come to the first")
                .containsExactly(List.of(1L));

        assertThat(got(bob)).containsExactly(List.of(1L), List.of(2L, 3L));
        assertThat(got(alice)).containsExactly(List.of(2L, 3L));
    }

    @Test
    void whatIsTooMuchForAnIntervalIsLeftOutByPriority() {
        enter(alice, 1);
        say(1);
        turn();
        say(2, RoomPriority.LOW);
        say(3, RoomPriority.HIGH);
        index.pushed(changed(ROOM, 2));
        say(4, RoomPriority.NORMAL);
        say(5, RoomPriority.NORMAL);
        say(6, RoomPriority.NORMAL);
        passInterval();

        assertThat(got(alice)).containsExactly(List.of(1L), List.of(3L, -2L, 5L, 6L));
        assertThat(count("magpie.gateway.room.left.out", "priority", "low")).isEqualTo(1);
        assertThat(count("magpie.gateway.room.left.out", "priority", "normal")).isEqualTo(1);
    }

    @Test
    void aConnectionThatTakesNothingGetsEventsOnlyUntilItDoes() {
        enter(alice, 1);
        enter(bob, 1);
        alice.takes(false);
        say(1);
        turn();
        say(2);
        index.pushed(changed(ROOM, 2));
        passInterval();
        alice.takes(true);
        say(3);
        passInterval();

        assertThat(got(bob)).containsExactly(List.of(1L), List.of(2L, -2L), List.of(3L));
        assertThat(got(alice)).containsExactly(List.of(-2L), List.of(3L));
        assertThat(count("magpie.gateway.room.pushes", "outcome", "skipped")).isEqualTo(2);
    }

    @Test
    void aConnectionThatAcknowledgesNoChatsGetsEventsOnly() {
        enter(alice, 1);
        alice.fillWindow(
                new EncodedPush(Command.PUSH, said(ROOM, 7, RoomPriority.LOW).getBody()));
        say(1);
        index.pushed(changed(ROOM, 2));
        passInterval();
        assertThat(got(alice)).containsExactly(List.of(7L), List.of(7L), List.of(-2L));

        alice.connection.deliveries().acknowledge("private_a_b", 2);
        say(2);
        passInterval();
        assertThat(got(alice)).containsExactly(List.of(2L));
    }

    @Test
    void whoIsBannedIsToldAndHearsNothingBehindIt() {
        enter(alice, 1);
        enter(bob, 1);
        say(1);
        turn();
        say(2);
        index.pushed(banned(ROOM, 2, "alice"));
        say(3);
        assertThat(got(alice)).as("at once").containsExactly(List.of(1L), List.of(2L, -1L));
        passInterval();

        assertThat(got(alice)).isEmpty();
        assertThat(got(bob)).containsExactly(List.of(1L), List.of(2L, -1L), List.of(3L));
        assertThat(in(alice)).isFalse();
        assertThat(in(bob)).isTrue();
    }

    @Test
    void aBanThatComesLateDoesNotMeanWhoWasLetInAfterIt() {
        enter(bob, 1);
        enter(alice, 3);
        index.pushed(banned(ROOM, 2, "alice"));
        turn();
        assertThat(in(alice)).isTrue();
    }

    @Test
    void aClosedRoomHasNobody() {
        enter(alice, 1);
        enter(bob, 1);
        index.pushed(closed(ROOM, 2));
        assertThat(got(alice)).containsExactly(List.of(-1L));
        assertThat(got(bob)).containsExactly(List.of(-1L));
        assertThat(in(alice) || in(bob)).isFalse();
        var room = Objects.requireNonNull(index.vacated().poll());
        assertThat(index.beginLeaving(room)).isTrue();
        index.left(List.of(room));
        assertThat(index.count()).isZero();
    }

    @Test
    void whoEntersWhileTheRoomIsClosedDoesNotGetIn() {
        var visit = begin(alice, STAGE);
        index.pushed(closed(ROOM, 2));
        assertThat(index.enter(visit, 1)).isEqualTo(Entry.CLOSED);
        assertThat(in(alice)).isFalse();
    }

    @Test
    void whoEntersWhileHeIsBannedIsAskedFor() {
        enter(bob, 1);
        var visit = begin(alice, STAGE);
        index.pushed(banned(ROOM, 2, "alice"));
        turn();
        assertThat(index.doubted()).isEmpty();
        index.enter(visit, 1);

        var room = Objects.requireNonNull(index.doubted().poll());
        var question = Objects.requireNonNull(index.question(room));
        assertThat(question.visits()).extracting(Visit::userId).containsExactlyInAnyOrder("alice", "bob");
        assertThat(question.version()).isEqualTo(2);
        index.answered(room, question);
        assertThat(index.doubted()).isEmpty();
    }

    @Test
    void aMissedEventIsAskedForOnce() {
        enter(alice, 1);
        index.pushed(changed(ROOM, 3));
        index.pushed(changed(ROOM, 4));
        enter(bob, 4);
        assertThat(index.doubted()).hasSize(1);
        var room = Objects.requireNonNull(index.doubted().poll());
        index.notAnswered(room);
        assertThat(index.doubted()).as("it is still to be asked").isEmpty();
        index.question(room);
        index.notAnswered(room);
        assertThat(index.doubted()).hasSize(1);
    }

    @Test
    void whoHasLeftOrClosedBeforeHeWasInIsNotIn() {
        var leaving = begin(alice, STAGE);
        index.leave(alice.connection, STAGE);
        assertThat(index.enter(leaving, 1)).isEqualTo(Entry.LEFT);
        var closing = begin(bob, STAGE);
        bob.channel.close();
        turn();
        assertThat(index.enter(closing, 1)).isEqualTo(Entry.LEFT);

        assertThat(in(alice) || in(bob)).isFalse();
        assertThat(Objects.requireNonNull(index.vacated().poll()).vacant()).isTrue();
    }

    @Test
    void aConnectionThatClosesLeavesAllItsRooms() {
        enter(alice, 1);
        index.enter(begin(alice, HALL), 1);
        assertThat(index.visits()).isEqualTo(2);
        alice.channel.close();
        turn();
        assertThat(index.visits()).isZero();
        assertThat(index.vacated()).hasSize(2);
    }

    @Test
    void enteringTwiceIsBeingInOnce() {
        enter(alice, 1);
        enter(alice, 2);
        say(1);
        assertThat(got(alice)).containsExactly(List.of(1L));
        index.leave(alice.connection, STAGE);
        assertThat(index.visits()).isZero();
    }

    @Test
    void aConnectionIsInSoManyRooms() {
        enter(alice, 1);
        var second = begin(alice, HALL);
        assertThatThrownBy(() -> begin(alice, new RoomName("demo", "third")))
                .isInstanceOf(MagpieException.class)
                .hasMessageContaining("2 rooms");
        enter(alice, 1);
        index.giveUp(second);
        begin(alice, new RoomName("demo", "third"));
    }

    @Test
    void nobodyEntersWhileTheServicesAreToldThatNobodyIsThere() throws InterruptedException {
        enter(alice, 1);
        index.leave(alice.connection, STAGE);
        var room = Objects.requireNonNull(index.vacated().poll());
        assertThat(index.beginLeaving(room)).isTrue();

        var entering = Thread.ofVirtual().start(() -> enter(bob, 1));
        assertThat(entering.join(Duration.ofMillis(20))).isFalse();
        index.left(List.of(room));
        assertThat(entering.join(Duration.ofSeconds(10))).isTrue();
        assertThat(in(bob)).isTrue();
        assertThat(index.beginLeaving(room)).isFalse();
    }

    @Test
    void nobodyIsThereIsNotSaidWhileSomebodyEnters() {
        enter(alice, 1);
        index.leave(alice.connection, STAGE);
        begin(bob, STAGE);
        assertThat(index.beginLeaving(Objects.requireNonNull(index.vacated().poll())))
                .isFalse();
    }

    @Test
    void whatIsForARoomWithoutAnybodyIsCounted() {
        say(1);
        assertThat(registry.get("magpie.gateway.room.unknown").counter().count())
                .isEqualTo(1);
    }
}
