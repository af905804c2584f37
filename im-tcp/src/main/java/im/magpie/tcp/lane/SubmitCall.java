package im.magpie.tcp.lane;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.tcp.rpc.LaneLoadBalance;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers messages to the services until they have answered. A call whose outcome was lost may have been accepted: it is
 * repeated as it was, which is harmless, and before anything else of its lane, which keeps the order.
 */
final class SubmitCall {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitCall.class);

    private final int lane;
    private final Messages messages;
    private final Backoff backoff;

    SubmitCall(int lane, Messages messages, LaneSettings settings) {
        this.lane = lane;
        this.messages = messages;
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
    }

    /** Returns the outcomes in the order of the batch; blocks until there are some. */
    List<SubmitOutcome> outcomes(List<PendingSend> sends) throws InterruptedException {
        if (sends.isEmpty()) {
            return List.of();
        }
        var batch = SubmitBatch.newBuilder();
        sends.forEach(send -> batch.addItems(send.submitItem()));
        return repeat(sends, batch.build());
    }

    private List<SubmitOutcome> repeat(List<PendingSend> sends, SubmitBatch batch) throws InterruptedException {
        for (var attempt = 0; ; attempt++) {
            try {
                LaneLoadBalance.callFor(lane);
                var outcomes = messages.submit(batch).getOutcomesList();
                requireComplete(outcomes, sends.size());
                return outcomes;
            } catch (RuntimeException e) {
                Loop.throwIfInterrupted(e);
                LOG.warn(
                        "The outcome of {} sends is not known, they are offered again: {}", sends.size(), e.toString());
                sends.forEach(PendingSend::doubt);
                backoff.await(attempt);
            }
        }
    }

    private static void requireComplete(List<SubmitOutcome> outcomes, int expected) {
        if (outcomes.size() != expected) {
            throw new IllegalStateException("%d outcomes for %d sends".formatted(outcomes.size(), expected));
        }
        for (var outcome : outcomes) {
            switch (outcome.getState()) {
                case SETTLED, REFUSED, PENDING, CHECK_AGAIN -> {}
                case STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("an outcome without a state");
            }
        }
    }
}
