package im.magpie.tcp.lane;

import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.Messages;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the services whether senders may write. Nothing is at stake yet: when they don't answer for long, the senders
 * hear so.
 */
final class CheckCall {

    private static final Logger LOG = LoggerFactory.getLogger(CheckCall.class);

    private final Messages messages;
    private final long patience;
    private final Backoff backoff;
    private final Ticker ticker;

    CheckCall(Messages messages, LaneSettings settings, Ticker ticker) {
        this.messages = messages;
        this.patience = settings.checkPatience().toNanos();
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
        this.ticker = ticker;
    }

    /** Returns an outcome for each sender and conversation, or none at all when the services did not answer. */
    Map<CheckItem, CheckOutcome> outcomes(List<PendingSend> sends) throws InterruptedException {
        var distinct = new LinkedHashSet<CheckItem>();
        sends.forEach(send -> distinct.add(send.checkItem()));
        if (distinct.isEmpty()) {
            return Map.of();
        }
        var items = new ArrayList<>(distinct);
        var batch = CheckBatch.newBuilder().addAllItems(items).build();
        var begin = ticker.nanoTime();
        for (var attempt = 0; ; attempt++) {
            try {
                return byItem(items, messages.check(batch).getOutcomesList());
            } catch (RuntimeException e) {
                Loop.throwIfInterrupted(e);
                LOG.warn("A check of {} did not go through: {}", items.size(), e.toString());
                if (ticker.nanoTime() - begin >= patience) {
                    return Map.of();
                }
                backoff.await(attempt);
            }
        }
    }

    private static Map<CheckItem, CheckOutcome> byItem(List<CheckItem> items, List<CheckOutcome> outcomes) {
        if (outcomes.size() != items.size()) {
            throw new IllegalStateException("%d outcomes for %d checks".formatted(outcomes.size(), items.size()));
        }
        var byItem = new HashMap<CheckItem, CheckOutcome>();
        for (var i = 0; i < items.size(); i++) {
            byItem.put(items.get(i), outcomes.get(i));
        }
        return byItem;
    }
}
