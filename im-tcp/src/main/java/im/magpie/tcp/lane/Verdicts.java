package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.tcp.lane.SendAnswer.Acknowledged;
import im.magpie.tcp.lane.SendAnswer.Refused;
import im.magpie.tcp.lane.SendAnswer.Unanswered;
import im.magpie.tcp.work.Backoff;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a lane decides on the sends of one call, which it is told in their order. Answers go out only once all holds are
 * in place, so that no client can react to the first of them before its later messages are held back. Used by the lane's
 * thread.
 */
final class Verdicts {

    private record Verdict(PendingSend send, SendAnswer answer) {}

    /** Clients wait for 10 s. What is refused for good later than this may not be heard any more: then it comes again, perhaps when it is not refused. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Verdicts.class);

    private final Function<PendingSend, List<PendingSend>> holds;
    private final LaneSettings settings;
    private final Ticker ticker;
    private final List<Verdict> untold = new ArrayList<>();
    private final Set<Pair> held = new HashSet<>();
    private final Set<Pair> left = new HashSet<>();

    /** @param holds holds a message's pair for its return, and returns those of the pair that wait behind it */
    Verdicts(Function<PendingSend, List<PendingSend>> holds, LaneSettings settings, Ticker ticker) {
        this.holds = holds;
        this.settings = settings;
        this.ticker = ticker;
    }

    void acknowledge(PendingSend send, long sequence, long ordinal, long serverTime) {
        untold.add(new Verdict(send, new Acknowledged(sequence, ordinal, serverTime)));
    }

    /** It was accepted, or may be: it stays undecided, unless it has to come again behind an earlier one. */
    void doubt(PendingSend send) {
        send.doubt();
        if (held.contains(send.pair())) {
            comesAgain(send);
        }
    }

    /**
     * It passed, and yet must not go on where an earlier one of its pair did not.
     *
     * @return whether that is so: it comes again behind a refused one, and waits behind one that stays undecided
     */
    boolean putBehind(PendingSend send) {
        if (held.contains(send.pair())) {
            comesAgain(send);
            return true;
        }
        return left.contains(send.pair());
    }

    /** It was not accepted, because what it was checked against has changed. */
    void checkAgain(PendingSend send) {
        if (held.contains(send.pair())) {
            comesAgain(send);
        } else {
            send.checkAgain();
        }
    }

    /** It passed, but its sender is to offer it again: he may not know yet what became of an earlier one, and offer that again too. */
    void comesAgain(PendingSend send) {
        refuse(send, ErrorCode.BUSY, "an earlier message to this conversation is to be offered first", 0);
    }

    /**
     * It was not accepted by this call. Its sender hears so, unless it is in doubt: then an earlier call may have
     * accepted it, or may yet. It stays undecided where the services only had no room for it; in all other cases its
     * sender hears nothing. Nor does he of a final refusal that comes late: he may have ceased to listen, and what came behind it must not go on without it.
     *
     * @param retryAfterMillis 0 where the services did not say
     * @return whether its sender is told that it is refused for good
     */
    boolean refuse(PendingSend send, ErrorCode code, String message, int retryAfterMillis) {
        var refusal = refusal(code, message, retryAfterMillis);
        if (!send.inDoubt() && (refusal.temporary() || isHeard(send))) {
            untold.add(new Verdict(send, refusal));
            if (refusal.temporary()) {
                hold(send);
            }
            return !refusal.temporary();
        }
        if (code == ErrorCode.INTERNAL || !refusal.temporary() || held.contains(send.pair())) {
            giveUp(send, "it was refused with " + code);
        } else {
            left.add(send.pair());
        }
        return false;
    }

    private boolean isHeard(PendingSend send) {
        return send.age(ticker.nanoTime()) <= HEARD_WITHIN.toNanos();
    }

    /** Nobody knows what became of it, and it is of no use to ask again: its sender hears nothing, and offers it again. */
    void giveUp(PendingSend send, String reason) {
        LOG.warn("The sender of a message to {} hears nothing: {}", send.conversationId(), reason);
        untold.add(new Verdict(send, new Unanswered()));
        hold(send);
    }

    /** What its sender will offer again must not be overtaken by what came behind it. */
    private void hold(PendingSend refused) {
        // Only for the first of a pair, which is the one that came first.
        if (held.add(refused.pair())) {
            for (var later : holds.apply(refused)) {
                untold.add(new Verdict(later, later.inDoubt() ? new Unanswered() : Lanes.busy(settings)));
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
