package im.magpie.tcp.send;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.metrics.ResultTimer;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of sends: what became of each, and after how long. */
public final class SendMeters {

    private enum Silence {
        UNANSWERED
    }

    private final ResultTimer sends;

    public SendMeters(MeterRegistry registry) {
        sends = new ResultTimer(
                registry,
                "magpie.gateway.send",
                "Messages of clients, from SEND to its answer; ok is SEND_ACK, unanswered are those left to be offered"
                        + " again",
                ErrorCode.OK);
    }

    void answered(ErrorCode code, long since) {
        sends.recordSince(code, since);
    }

    void unanswered(long since) {
        sends.recordSince(Silence.UNANSWERED, since);
    }
}
