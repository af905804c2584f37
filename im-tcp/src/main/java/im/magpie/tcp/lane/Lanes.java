package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.Messages;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.lane.SendAnswer.Refused;
import im.magpie.tcp.work.Backoff;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.stream.IntStream;

/**
 * All lanes of a node. A conversation's hash chooses its lane, so that its sends stay in order. Safe for use by many
 * threads.
 */
public final class Lanes implements AutoCloseable {

    private final LaneSettings settings;
    private final List<Lane> lanes;

    /** Makes lanes that begin to work at once. */
    public Lanes(LaneSettings settings, Messages messages, Ticker ticker, MeterRegistry registry, Tracing tracing) {
        this.settings = settings;
        var meters = new LaneMeters(registry);
        var traces = new LaneTraces(tracing);
        this.lanes = IntStream.range(0, settings.count())
                .mapToObj(number -> new Lane(number, settings, messages, ticker, meters, traces))
                .toList();
    }

    /** Takes a send, or returns false: then it has to be answered {@link #busy}. Never blocks. */
    public boolean offer(PendingSend send) {
        return lane(send).offer(send);
    }

    /** Lets nothing of its pair pass before a send that is refused elsewhere has come back, or some time has passed. */
    public void hold(PendingSend send) {
        lane(send).hold(send);
    }

    private Lane lane(PendingSend send) {
        var hash = Partitions.hash(send.appId(), send.conversationId());
        return lanes.get(Math.floorMod(hash, lanes.size()));
    }

    /** Returns the answer to a send that has no place. */
    public Refused busy() {
        return busy(settings);
    }

    static Refused busy(LaneSettings settings) {
        return new Refused(ErrorCode.BUSY, "too much is under way", Backoff.jitteredMillis(settings.retryAfter()));
    }

    /** Returns how many sends wait for their batch. */
    public int waiting() {
        return lanes.stream().mapToInt(Lane::waiting).sum();
    }

    @Override
    public void close() {
        lanes.forEach(Lane::close);
    }
}
