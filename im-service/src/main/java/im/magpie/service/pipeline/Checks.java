package im.magpie.service.pipeline;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.user.UserKey;
import im.magpie.service.batch.Isolation;
import im.magpie.service.check.SendCheck;
import im.magpie.service.rate.SendRates;
import im.magpie.service.rate.SendRates.Allowance;
import im.magpie.service.redis.ScriptFaultException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What gateways hear of messages before they submit them: first whether they come too fast, which costs nothing, then whether their senders may write. A
 * fault of ours in one of them is nobody else's. Safe for use by many threads.
 */
final class Checks {

    private static final Logger log = LoggerFactory.getLogger(Checks.class);

    private final SendCheck check;
    private final SendRates rates;

    Checks(SendCheck check, SendRates rates) {
        this.check = check;
        this.rates = rates;
    }

    /** Answers in the order of the items. */
    List<CheckOutcome> outcomes(List<CheckItem> items) {
        var allowances = items.stream().map(this::allowance).toList();
        var inTime = new ArrayList<CheckItem>(items.size());
        for (var i = 0; i < items.size(); i++) {
            if (allowances.get(i).messages() > 0) {
                inTime.add(first(allowances.get(i).messages(), items.get(i)));
            }
        }
        var verdicts = verdicts(inTime).iterator();
        var outcomes = new ArrayList<CheckOutcome>(items.size());
        for (var i = 0; i < items.size(); i++) {
            var allowance = allowances.get(i);
            var verdict = allowance.messages() > 0
                    ? verdicts.next()
                    : refusal(ErrorCode.RATE_LIMITED, "too many messages a second");
            outcomes.add(withTooFast(verdict, messages(items.get(i)) - allowance.messages(), allowance));
        }
        return outcomes;
    }

    private Allowance allowance(CheckItem item) {
        return rates.take(new UserKey(item.getAppId(), item.getSenderId()), messages(item));
    }

    /** An item may leave its messages unnamed: then it is of one. */
    private static int messages(CheckItem item) {
        return Math.max(1, item.getClientMessageIdsCount());
    }

    private static CheckItem first(int messages, CheckItem item) {
        if (messages >= item.getClientMessageIdsCount()) {
            return item;
        }
        return item.toBuilder()
                .clearClientMessageIds()
                .addAllClientMessageIds(item.getClientMessageIdsList().subList(0, messages))
                .build();
    }

    private static CheckOutcome withTooFast(CheckOutcome verdict, int tooFast, Allowance allowance) {
        return tooFast == 0
                ? verdict
                : verdict.toBuilder()
                        .setTooFast(tooFast)
                        .setRetryAfterMs(allowance.retryAfterMillis())
                        .build();
    }

    private List<CheckOutcome> verdicts(List<CheckItem> items) {
        var outcomes = new ArrayList<CheckOutcome>(items.size());
        Isolation.run(items, some -> outcomes.addAll(judged(some)), (_, e) -> {
            log.error("A sender can't be checked", e);
            outcomes.add(refusal(ErrorCode.INTERNAL, "the check failed"));
        });
        return outcomes;
    }

    private List<CheckOutcome> judged(List<CheckItem> items) {
        try {
            return check.check(items);
        } catch (ScriptFaultException e) {
            throw e;
        } catch (MagpieException e) {
            return Collections.nCopies(items.size(), refusal(e.code(), String.valueOf(e.getMessage())));
        }
    }

    private static CheckOutcome refusal(ErrorCode code, String reason) {
        return CheckOutcome.newBuilder().setError(code).setErrorMessage(reason).build();
    }
}
