package im.magpie.service.check;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.service.blacklist.Blacklist;
import im.magpie.service.cache.DatabaseAwayException;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Standing;
import im.magpie.service.membership.Standings;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.user.UserStates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final Standings standings;
    private final KnownConversations conversations;
    private final Resends resends;
    private final RedisScripts scripts;

    SendChecks(
            UserStates users,
            Blacklist blacklist,
            Standings standings,
            KnownConversations conversations,
            Resends resends,
            RedisScripts scripts) {
        this.users = users;
        this.blacklist = blacklist;
        this.standings = standings;
        this.scripts = scripts;
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
                    case Verdict.Allowed asked -> judge(asked, facts);
                    case Verdict.Withdrawn withdrawn -> withdrawn;
                    case Verdict.Refused refused -> refused;
                })
                .toList();
        conversations.ensure(only(Verdict.ToPeer.class, verdicts)
                .map(asked -> asked.sender().conversation())
                .toList());
        return verdicts;
    }

    /** That somebody was let through by an older version of a group, accept would find out; that he was refused by one, nobody. */
    private Verdict judge(Verdict.Allowed asked, Facts facts) {
        var verdict = facts.judge(asked);
        return asked instanceof Verdict.ToGroup toGroup && !(verdict instanceof Verdict.Allowed)
                ? facts.with(standings(List.of(toGroup.sender()), standings::now))
                        .judge(asked)
                : verdict;
    }

    private Facts lookUp(List<Verdict.Allowed> asked) {
        return new Facts(
                users.of(asked.stream().flatMap(one -> one.users().stream()).toList()),
                blacklist.among(only(Verdict.ToPeer.class, asked)
                        .map(Verdict.ToPeer::block)
                        .toList()),
                standings(
                        only(Verdict.ToGroup.class, asked)
                                .map(Verdict.ToGroup::sender)
                                .toList(),
                        standings::of),
                scripts::timeMillis);
    }

    private static Map<Member, Standing> standings(
            List<Member> senders, BiFunction<GroupKey, String, @Nullable Standing> source) {
        Map<Member, Standing> found = new HashMap<>();
        for (var sender : senders) {
            var standing = source.apply(
                    GroupKey.of(sender.conversation()), sender.user().userId());
            if (standing != null) {
                found.put(sender, standing);
            }
        }
        return found;
    }

    private static <V extends Verdict> Stream<V> only(Class<V> kind, List<? extends Verdict> verdicts) {
        return verdicts.stream().filter(kind::isInstance).map(kind::cast);
    }

    private static List<Verdict.Allowed> allowed(List<Verdict> verdicts) {
        return only(Verdict.Allowed.class, verdicts).toList();
    }
}
