package im.magpie.service.erasure;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.database.Turn;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Offer;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.pipeline.Outcome;
import im.magpie.service.timeline.MessageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases one user: walks through his conversations, taking back what he has said, and deletes what else is known of him. Goes on where it, or another
 * instance, has stopped; everything may be done again.
 */
final class ErasureWalk {

    private static final Logger log = LoggerFactory.getLogger(ErasureWalk.class);

    private static final int ROWS_AT_ONCE = 500;

    private final ErasureMapper mapper;
    private final Turn turn;
    private final MembershipMapper memberships;
    private final ConversationLog conversations;
    private final MessageReader messages;
    private final SettingsTable settings;
    private final Function<List<Offer>, List<Outcome>> submission;

    /** @param submission submits changes, and answers in their order */
    ErasureWalk(
            ErasureMapper mapper,
            Turn turn,
            MembershipMapper memberships,
            ConversationLog conversations,
            MessageReader messages,
            SettingsTable settings,
            Function<List<Offer>, List<Outcome>> submission) {
        this.mapper = mapper;
        this.turn = turn;
        this.memberships = memberships;
        this.conversations = conversations;
        this.messages = messages;
        this.settings = settings;
        this.submission = submission;
    }

    /**
     * Goes on to the end.
     *
     * @return false when it is another instance's turn now
     * @throws MagpieException UNAVAILABLE or BUSY when it has to be gone on with later
     */
    boolean goOn(Erasure erasure) {
        var user = erasure.user();
        var current = erasure.conversationId();
        if (!current.isEmpty() && !walk(erasure, current, erasure.sequence())) {
            return false;
        }
        var next = following(user, current);
        while (!next.isEmpty()) {
            current = next.getFirst();
            if (!walk(erasure, current, 0)) {
                return false;
            }
            next = following(user, current);
        }
        return deleteRows(user);
    }

    private List<String> following(UserKey user, String conversationId) {
        return memberships.conversationsOf(user.appId(), user.userId(), conversationId, 1);
    }

    /** What is said behind the head that there is now is no more his: nothing has been taken of him for some time. */
    private boolean walk(Erasure erasure, String conversationId, long from) {
        var user = erasure.user();
        var conversation = new ConversationKey(user.appId(), conversationId);
        var head = conversations.head(conversation).sequence();
        var after = from;
        var mine = turn.use(() -> mapper.reached(user, conversationId, from));
        while (mine && after < head) {
            var page = messages.next(user.userId(), conversation, after, head);
            withdraw(Withdrawals.of(user, conversation, page.messages(), erasure.requestedAt()));
            after = page.to();
            mine = turn.use(() -> mapper.reached(user, conversationId, page.to()));
        }
        if (mine) {
            settings.forget(new Member(user, conversationId));
        }
        return mine;
    }

    private void withdraw(List<Offer> changes) {
        if (changes.isEmpty()) {
            return;
        }
        var renamed = new ArrayList<Offer>();
        var outcomes = submission.apply(changes);
        for (var i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Refused refused && refused.code() == ErrorCode.MESSAGE_OUTLIVED) {
                // Its name is so old that nobody can tell whether it was taken; to take a message back twice does no
                // harm.
                renamed.add(Withdrawals.renamed(changes.get(i)));
            } else {
                requireSettled(outcomes.get(i));
            }
        }
        if (!renamed.isEmpty()) {
            submission.apply(renamed).forEach(ErasureWalk::requireSettled);
        }
    }

    private static void requireSettled(Outcome outcome) {
        switch (outcome) {
            case Outcome.Settled _ -> {}
            case Outcome.Refused refused -> throw new MagpieException(refused.code(), refused.reason());
            case Outcome.CheckAgain _, Outcome.Unknown _, Outcome.Pending _ ->
                throw new MagpieException(ErrorCode.UNAVAILABLE, "what takes messages back is not settled yet");
        }
    }

    private boolean deleteRows(UserKey user) {
        int[] deleted = {ROWS_AT_ONCE};
        var mine = true;
        while (mine && deleted[0] > 0) {
            mine = turn.use(() ->
                    deleted[0] = mapper.deleteBlocked(user, ROWS_AT_ONCE) + mapper.deleteBlocking(user, ROWS_AT_ONCE));
        }
        return mine
                && turn.use(() -> {
                    mapper.deleteDevices(user);
                    mapper.deleteSignOuts(user);
                    mapper.finish(user);
                    log.info("{} is erased", user);
                });
    }
}
