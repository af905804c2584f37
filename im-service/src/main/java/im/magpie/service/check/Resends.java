package im.magpie.service.check;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.redis.ScriptFaultException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Sees to it that nobody hears a failure of a message that was accepted: where a sender may not write any more, because he was blocked or one of the two was
 * disabled, the messages are told that were accepted before. They are offered as resends, which accept answers as it did then, and never
 * accepts.
 *
 * <p>Costs nothing while nobody is refused.
 */
@Component
final class Resends {

    private static final Logger log = LoggerFactory.getLogger(Resends.class);

    private final ConversationLog conversations;

    Resends(ConversationLog conversations) {
        this.conversations = conversations;
    }

    /** Returns what the verdicts on these items come to, in their order. */
    List<CheckOutcome> outcomes(List<CheckItem> items, List<Verdict> verdicts) {
        var asked = new ArrayList<MessageKey>();
        for (var i = 0; i < items.size(); i++) {
            if (verdicts.get(i) instanceof Verdict.Withdrawn withdrawn) {
                asked.addAll(names(items.get(i), withdrawn.asked()));
            }
        }
        var known = known(asked);
        var outcomes = new ArrayList<CheckOutcome>(items.size());
        for (var i = 0; i < items.size(); i++) {
            outcomes.add(
                    verdicts.get(i) instanceof Verdict.Withdrawn withdrawn
                            ? known.outcome(items.get(i), withdrawn)
                            : verdicts.get(i).toOutcome());
        }
        return outcomes;
    }

    private Known known(Collection<MessageKey> asked) {
        try {
            return new Known(conversations.acceptedBefore(asked), false);
        } catch (ScriptFaultException e) {
            throw e;
        } catch (MagpieException e) {
            log.warn("Nobody can tell which of {} messages were accepted before: {}", asked.size(), e.getMessage());
            return new Known(Set.of(), true);
        }
    }

    private static List<MessageKey> names(CheckItem item, Verdict.Allowed asked) {
        var conversation = asked.sender().conversation();
        return item.getClientMessageIdsList().stream()
                .map(id -> new MessageKey(conversation, item.getSenderId(), id))
                .toList();
    }

    /**
     * What the conversations know of the messages.
     *
     * @param silent they did not answer: any message may have been accepted
     */
    private record Known(Set<MessageKey> accepted, boolean silent) {

        CheckOutcome outcome(CheckItem item, Verdict.Withdrawn withdrawn) {
            var names = names(item, withdrawn.asked());
            if (silent && !names.isEmpty()) {
                return new Verdict.Refused(ErrorCode.UNAVAILABLE, "nobody can tell whether it was accepted")
                        .toOutcome();
            }
            var outcome = withdrawn.toOutcome().toBuilder();
            for (var i = 0; i < names.size(); i++) {
                if (accepted.contains(names.get(i))) {
                    outcome.addAcceptedBefore(i);
                }
            }
            return outcome.build();
        }
    }
}
