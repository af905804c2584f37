package im.magpie.tcp.lane;

import im.magpie.common.tracing.Tracing;
import io.opentelemetry.api.trace.SpanKind;
import java.util.List;

/** What is followed of messages in lanes: the calls that they go with. */
record LaneTraces(Tracing tracing) {

    /** Returns when a call begins. */
    long begin() {
        return tracing.now();
    }

    /** A call has ended that some messages made together. */
    void called(String name, List<PendingSend> sends, long begin) {
        if (tracing.on()) {
            sends.forEach(send -> tracing.step(name, SpanKind.CLIENT, send.trace(), begin, sends.size()));
        }
    }
}
