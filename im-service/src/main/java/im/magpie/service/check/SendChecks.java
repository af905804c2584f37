package im.magpie.service.check;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.cache.DatabaseAwayException;
import im.magpie.service.user.UserStates;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Checks senders with a statement per table and batch, and without any for what was asked a moment ago. What is allowed can be accepted: the
 * rows of its conversation are there. Of what is refused, it tells what was accepted before it was.
 *
 * <p>While the database is away, those may go on whom it allowed last; only of the others nobody can tell.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
@Component
public final class SendChecks implements SendCheck {

    private static final Logger log = LoggerFactory.getLogger(SendChecks.class);

    private static final CheckOutcome UNANSWERED = CheckOutcome.newBuilder()
            .setError(ErrorCode.UNAVAILABLE)
            .setErrorMessage("the database does not answer")
            .build();

    private final UserStates users;
    private final Blacklist blacklist;
    private final KnownConversations conversations;
    private final Resends resends;

    SendChecks(UserStates users, Blacklist blacklist, KnownConversations conversations, Resends resends) {
        this.users = users;
        this.blacklist = blacklist;
        this.conversations = conversations;
        this.resends = resends;
    }

    @Override
    public List<CheckOutcome> check(List<CheckItem> items) {
        try {
            var verdicts = judge(items.stream().map(Verdict::of).toList());
            return resends.outcomes(items, verdicts);
        } catch (DataAccessException e) {
            if (items.size() > 1) {
                return items.stream()
                        .map(item -> check(List.of(item)).getFirst())
                        .toList();
            }
            if (!(e instanceof DatabaseAwayException)) {
                log.error("A sender can't be checked for the database", e);
            }
            return List.of(UNANSWERED);
        }
    }

    private List<Verdict> judge(List<Verdict> first) {
        var facts = lookUp(allowed(first));
        var verdicts = first.stream()
                .map(verdict -> switch (verdict) {
                    case Verdict.Allowed asked -> facts.judge(asked);
                    case Verdict.Withdrawn withdrawn -> withdrawn;
                    case Verdict.Refused refused -> refused;
                })
                .toList();
        conversations.ensure(allowed(verdicts).stream()
                .map(asked -> asked.sender().conversation())
                .toList());
        return verdicts;
    }

    private Facts lookUp(List<Verdict.Allowed> asked) {
        return new Facts(
                users.of(asked.stream().flatMap(one -> one.users().stream()).toList()),
                blacklist.among(asked.stream().map(Verdict.Allowed::block).toList()));
    }

    private static List<Verdict.Allowed> allowed(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(Verdict.Allowed.class::isInstance)
                .map(Verdict.Allowed.class::cast)
                .toList();
    }
}
