package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.tcp.lane.SendAnswer.Acknowledged;
import im.magpie.tcp.lane.SendAnswer.Refused;
import im.magpie.tcp.lane.SendAnswer.Unanswered;
import im.magpie.tcp.work.Backoff;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one round of a lane decides. Answers are told only once all holds of a phase are in place, so that no client can
 * react to the first of them before its later messages are held back. Used by the lane's thread.
 */
final class Verdicts {

    private record Verdict(PendingSend send, SendAnswer answer) {}

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private final LaneQueue queue;
    private final LaneSettings settings;
    private final List<Verdict> untold = new ArrayList<>();
    private final Set<Pair> held = new HashSet<>();

    Verdicts(LaneQueue queue, LaneSettings settings) {
        this.queue = queue;
        this.settings = settings;
    }

    void acknowledge(PendingSend send, long sequence, long ordinal, long serverTime) {
        untold.add(new Verdict(send, new Acknowledged(sequence, ordinal, serverTime)));
    }

    /** It was not accepted, because what it was checked against has changed. */
    void checkAgain(PendingSend send) {
        if (held.contains(send.pair())) {
            refuse(send, ErrorCode.BUSY, "an earlier message to this conversation is to be offered first", 0);
        } else {
            send.checkAgain();
        }
    }

    /**
     * It was not accepted by this call. Its sender hears so, unless it is in doubt: then an earlier call may have
     * accepted it, or may yet. It stays undecided where the services only had no room for it; in all other cases its
     * sender hears nothing.
     *
     * @param retryAfterMillis 0 where the services did not say
     */
    void refuse(PendingSend send, ErrorCode code, String message, int retryAfterMillis) {
        var refusal = refusal(code, message, retryAfterMillis);
        if (!send.inDoubt()) {
            untold.add(new Verdict(send, refusal));
            if (refusal.temporary()) {
                hold(send);
            }
        } else if (code != ErrorCode.BUSY && code != ErrorCode.UNAVAILABLE) {
            LOG.warn("A message in doubt was refused with {}; its sender hears nothing", code);
            untold.add(new Verdict(send, new Unanswered()));
            hold(send);
        }
    }

    /** What its sender will offer again must not be overtaken by what came behind it. */
    private void hold(PendingSend refused) {
        // Only for the first of a pair, which is the one that came first.
        if (held.add(refused.pair())) {
            for (var later : queue.hold(refused)) {
                untold.add(new Verdict(later, Lanes.busy(settings)));
            }
        }
    }

    private Refused refusal(ErrorCode code, String message, int retryAfterMillis) {
        var refusal = new Refused(code, message, retryAfterMillis);
        return refusal.temporary() && retryAfterMillis == 0
                ? new Refused(code, message, Backoff.jitteredMillis(settings.retryAfter()))
                : refusal;
    }

    /** Answers what is decided so far. */
    void tell() {
        untold.forEach(verdict -> verdict.send().answer(verdict.answer()));
        untold.clear();
    }
}
