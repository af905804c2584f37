package im.magpie.tcp.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.RoomPriority;
import im.magpie.common.broker.RoomAudience;
import im.magpie.tcp.fixture.RoomPackets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopWriterTest {

    private static final int CROWD = 2_000;

    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final LoopWriter writer = new LoopWriter(loops.next());
    private final CountDownLatch begin = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();
    private final List<String> done = new CopyOnWriteArrayList<>();
    private final RoomMeters meters = new RoomMeters(new SimpleMeterRegistry());
    private final RoomSettings settings = new RoomSettings(Duration.ofMillis(50), 3, 1_000, 2, 0, 1);
    private final LocalRoom room =
            new LocalRoom(new RoomName("demo", "stage"), _ -> {}, new RoomWriters(), () -> settings, meters);

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private void pass(String name, int connections) {
        var said = Said.pushed(
                RoomAudience.getDefaultInstance(),
                RoomPackets.said("stage", 1, RoomPriority.NORMAL).getBody());
        writer.add(new Pass(Parcel.of(List.of(said)), visits(connections), _ -> {}, () -> done.add(name), meters));
    }

    private Iterator<Visit> visits(int connections) {
        return Stream.generate(() -> new Device("alice", Ticker.systemTicker()))
                .limit(connections)
                .map(device -> new Visit(device.connection, room))
                .peek(_ -> written.incrementAndGet())
                .iterator();
    }

    /** Keeps the event loop from beginning, so that everything is there when it does. */
    private void hold() {
        loops.next().execute(() -> {
            try {
                begin.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void whateverElseTheEventLoopHasToDoWaitsForAPartOnly() {
        var before = new ArrayList<Integer>();
        hold();
        pass("crowd", CROWD);
        for (var i = 0; i < 3; i++) {
            loops.next().execute(() -> {
                before.add(written.get());
                loops.next().schedule(() -> before.add(written.get()), 0, TimeUnit.NANOSECONDS);
            });
        }
        begin.countDown();
        await().until(() -> done.size() == 1 && before.size() == 6);

        // The iterator looks one ahead.
        assertThat(before).first().satisfies(one -> assertThat(one).isLessThanOrEqualTo(LoopWriter.MOST_WRITES + 1));
        assertThat(before).allSatisfy(one -> assertThat(one).isLessThanOrEqualTo(2 * LoopWriter.MOST_WRITES + 1));
        assertThat(written).hasValue(CROWD);
    }

    @Test
    void roomsTakeTurns() {
        hold();
        pass("crowd", CROWD);
        pass("few", 2);
        pass("others", 3);
        begin.countDown();
        await().until(() -> done.size() == 3);
        assertThat(done).containsExactly("few", "others", "crowd");
    }

    @Test
    void whatIsAddedToAnIdleWriterIsWritten() {
        for (var i = 0; i < 100; i++) {
            var before = done.size();
            pass("one", 1);
            await().pollInterval(Duration.ofMillis(1)).until(() -> done.size() == before + 1);
        }
    }

    @Test
    void aPassEndsWithItsEventLoop() throws InterruptedException {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        pass("late", 1);
        assertThat(done).containsExactly("late");
        assertThat(written).hasValue(0);
    }
}
