package im.magpie.tcp.lane;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.Messages;
import im.magpie.tcp.rpc.LaneLoadBalance;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import io.netty.util.concurrent.Ticker;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the services whether senders may write. Nothing is at stake yet: when they don't answer for long, the senders
 * hear so.
 */
final class CheckCall {

    private static final Logger LOG = LoggerFactory.getLogger(CheckCall.class);
    private static final CheckAnswer NOBODY =
            new CheckAnswer.Refused(ErrorCode.UNAVAILABLE, "the services can't be reached", 0);

    private final int lane;
    private final Messages messages;
    private final long patience;
    private final Backoff backoff;
    private final Ticker ticker;
    private final LaneMeters meters;

    CheckCall(int lane, Messages messages, LaneSettings settings, Ticker ticker, LaneMeters meters) {
        this.lane = lane;
        this.messages = messages;
        this.patience = settings.checkPatience().toNanos();
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
        this.ticker = ticker;
        this.meters = meters;
    }

    /** Returns an answer for each send, in their order. */
    List<CheckAnswer> answers(List<PendingSend> sends) throws InterruptedException {
        if (sends.isEmpty()) {
            return List.of();
        }
        meters.checked(sends.size());
        var question = new CheckQuestion(sends);
        var begin = ticker.nanoTime();
        for (var attempt = 0; ; attempt++) {
            try {
                LaneLoadBalance.callFor(lane);
                return question.answers(messages.check(question.batch()).getOutcomesList());
            } catch (RuntimeException e) {
                Loop.throwIfInterrupted(e);
                LOG.warn("A check of {} did not go through: {}", sends.size(), e.toString());
                if (ticker.nanoTime() - begin >= patience) {
                    return Collections.nCopies(sends.size(), NOBODY);
                }
                backoff.await(attempt);
            }
        }
    }
}
