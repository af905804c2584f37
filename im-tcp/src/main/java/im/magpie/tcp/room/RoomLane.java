package im.magpie.tcp.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.RoomSendBatch;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.common.rpc.Rooms;
import im.magpie.tcp.rpc.LaneLoadBalance;
import im.magpie.tcp.work.Loop;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what is said in rooms to the services, one batch after the other, on a virtual thread of its own. What the services do not answer is UNAVAILABLE: nobody
 * repeats it here, its sender may.
 */
final class RoomLane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoomLane.class);

    private final int number;
    private final RoomWorkSettings settings;
    private final Rooms rooms;
    private final RoomMeters meters;
    private final RoomQueue queue;
    private final Loop loop;

    /** Makes a lane that begins to work at once. */
    RoomLane(int number, RoomWorkSettings settings, Rooms rooms, RoomMeters meters) {
        this.number = number;
        this.settings = settings;
        this.rooms = rooms;
        this.meters = meters;
        this.queue = new RoomQueue(settings.laneCapacity(), settings.roomCapacity());
        meters.show(number, this);
        this.loop = Loop.start("room-lane-" + number, this::step);
    }

    /** Takes a message; false means BUSY. Never blocks. */
    boolean offer(PendingSay say) {
        return queue.offer(say);
    }

    int waiting() {
        return queue.size();
    }

    private void step() throws InterruptedException {
        var batch = queue.take(settings.maxBatch(), settings.maxBatchBytes());
        meters.batch(batch.size());
        try {
            var outcomes = outcomes(batch);
            for (var i = 0; i < batch.size(); i++) {
                batch.get(i).answer(outcomes.get(i), meters);
            }
        } catch (RuntimeException e) {
            Loop.throwIfInterrupted(e);
            LOG.warn("{} messages to rooms were not answered: {}", batch.size(), e.toString());
            batch.forEach(say -> say.refuse(ErrorCode.UNAVAILABLE, "the services can't be reached", 0, meters));
        }
    }

    private List<RoomSendOutcome> outcomes(List<PendingSay> batch) {
        var call = RoomSendBatch.newBuilder();
        batch.forEach(say -> call.addItems(say.item()));
        LaneLoadBalance.callFor(number);
        var outcomes = rooms.send(call.build()).getOutcomesList();
        if (outcomes.size() != batch.size()) {
            throw new IllegalStateException("%d outcomes for %d messages".formatted(outcomes.size(), batch.size()));
        }
        return outcomes;
    }

    /** Nobody hears of what is left. */
    @Override
    public void close() {
        loop.close();
    }
}
