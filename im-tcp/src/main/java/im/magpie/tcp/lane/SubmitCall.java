package im.magpie.tcp.lane;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.tcp.rpc.LaneLoadBalance;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers messages to the services. A call whose outcome was lost may have been accepted: it is repeated as it was, which is
 * harmless, and before anything else of its lane, which keeps the order. Where it fails again and again, one of its
 * messages may be the reason: then ever fewer are offered together, and one that fails alone, while others are answered,
 * is given up.
 */
final class SubmitCall {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitCall.class);
    private static final int ATTEMPTS = 3;
    private static final SubmitOutcome PENDING = outcome(SubmitOutcome.State.PENDING);
    private static final SubmitOutcome UNKNOWN = outcome(SubmitOutcome.State.UNKNOWN);

    private final int lane;
    private final Messages messages;
    private final LaneMeters meters;
    private final Backoff backoff;

    SubmitCall(int lane, Messages messages, LaneSettings settings, LaneMeters meters) {
        this.lane = lane;
        this.messages = messages;
        this.meters = meters;
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
    }

    /**
     * Returns the outcomes in the order of the batch: PENDING for those whose calls have failed, UNKNOWN for those that are
     * not to be offered again.
     */
    List<SubmitOutcome> outcomes(List<PendingSend> sends) throws InterruptedException {
        if (sends.isEmpty()) {
            return List.of();
        }
        meters.submitted(sends.size());
        try {
            // With a suspicious one among them, the others need not wait for it any longer.
            var attempts = sends.stream().anyMatch(send -> send.faults() > 0) ? 1 : ATTEMPTS;
            for (var attempt = 0; attempt < attempts; attempt++) {
                if (attempt > 0) {
                    backoff.await(attempt - 1);
                }
                var outcomes = call(sends);
                if (outcomes != null) {
                    return outcomes;
                }
            }
            return sweep(sends);
        } catch (RuntimeException e) {
            Loop.throwIfInterrupted(e);
            throw e;
        }
    }

    private List<SubmitOutcome> sweep(List<PendingSend> sends) {
        var sweep = new Sweep(this::call);
        sweep.over(sends);
        Set<Pair> given = new HashSet<>();
        for (var send : sweep.failed()) {
            send.fault();
            if (send.faults() >= ATTEMPTS) {
                LOG.error("A message to {} of app {} can't be submitted", send.conversationId(), send.appId());
                given.add(send.pair());
            }
        }
        return sends.stream()
                .map(send -> {
                    var outcome = sweep.outcome(send);
                    return outcome != null ? outcome : given.contains(send.pair()) ? UNKNOWN : PENDING;
                })
                .toList();
    }

    /** Returns null when the call failed: then any of its messages may have been accepted. */
    private @Nullable List<SubmitOutcome> call(List<PendingSend> sends) {
        try {
            var batch = SubmitBatch.newBuilder();
            sends.forEach(send -> batch.addItems(send.submitItem()));
            LaneLoadBalance.callFor(lane);
            var outcomes = messages.submit(batch.build()).getOutcomesList();
            requireComplete(outcomes, sends.size());
            return outcomes;
        } catch (RuntimeException e) {
            if (Loop.interrupted(e)) {
                throw e;
            }
            LOG.warn("The outcome of {} sends is not known, they are offered again: {}", sends.size(), e.toString());
            sends.forEach(PendingSend::doubt);
            return null;
        }
    }

    private static void requireComplete(List<SubmitOutcome> outcomes, int expected) {
        if (outcomes.size() != expected) {
            throw new IllegalStateException("%d outcomes for %d sends".formatted(outcomes.size(), expected));
        }
        for (var outcome : outcomes) {
            switch (outcome.getState()) {
                case SETTLED, REFUSED, PENDING, CHECK_AGAIN, UNKNOWN -> {}
                case STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("an outcome without a state");
            }
        }
    }

    private static SubmitOutcome outcome(SubmitOutcome.State state) {
        return SubmitOutcome.newBuilder().setState(state).build();
    }
}
