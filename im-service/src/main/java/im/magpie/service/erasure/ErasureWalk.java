package im.magpie.service.erasure;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.database.Turn;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.conversation.Offer;
import im.magpie.service.membership.Extent;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.personal.SettingsTable;
import im.magpie.service.pipeline.Outcome;
import im.magpie.service.timeline.MessageReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases one user: lets him leave his groups and rooms, walks through his conversations, taking back what he has said, and deletes what else is known of him. Goes on where it, or another
 * instance, has stopped; everything may be done again.
 */
final class ErasureWalk {

    private static final Logger log = LoggerFactory.getLogger(ErasureWalk.class);

    private static final int ROWS_AT_ONCE = 500;
    /** How often what takes messages back is made anew, because the group has changed meanwhile. */
    private static final int ATTEMPTS = 5;

    private final ErasureMapper mapper;
    private final Turn turn;
    private final Consumer<UserKey> groups;
    private final Consumer<UserKey> rooms;
    private final MembershipMapper memberships;
    private final Extents extents;
    private final ConversationLog conversations;
    private final MessageReader messages;
    private final SettingsTable settings;
    private final Function<List<Offer>, List<Outcome>> submission;

    /**
     * @param groups lets a user leave all his groups; may be repeated
     * @param rooms lets rooms forget a user and what he has said; may be repeated
     * @param submission submits changes, and answers in their order
     */
    ErasureWalk(
            ErasureMapper mapper,
            Turn turn,
            Consumer<UserKey> groups,
            Consumer<UserKey> rooms,
            MembershipMapper memberships,
            Extents extents,
            ConversationLog conversations,
            MessageReader messages,
            SettingsTable settings,
            Function<List<Offer>, List<Outcome>> submission) {
        this.mapper = mapper;
        this.turn = turn;
        this.groups = groups;
        this.rooms = rooms;
        this.memberships = memberships;
        this.extents = extents;
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
        groups.accept(user);
        rooms.accept(user);
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

    /**
     * What is said behind the head that there is now is no more his: nothing has been taken of him for some time. Nor is what he may not read: he has not been there.
     */
    private boolean walk(Erasure erasure, String conversationId, long from) {
        var user = erasure.user();
        var member = new Member(user, conversationId);
        var head = conversations.head(member.conversation());
        var readable = readable(member, head);
        var after = from;
        var mine = turn.use(() -> mapper.reached(user, conversationId, from));
        while (mine && after < head.sequence()) {
            var part = readable.above(after);
            var begin = Math.min(part.after(), head.sequence());
            var end = Math.min(part.to(), head.sequence());
            var to = begin < end ? walk(erasure, member.conversation(), begin, end) : head.sequence();
            after = to;
            mine = turn.use(() -> mapper.reached(user, conversationId, to));
        }
        if (mine) {
            settings.forget(member);
        }
        return mine;
    }

    /** Nothing of a group that he was never in, whatever has left a trace of it with him. */
    private Extent readable(Member member, Head head) {
        return extents.find(member, head).orElseGet(() -> new Extent(List.of(), false));
    }

    /** Takes a page back, and returns where it ends. */
    private long walk(Erasure erasure, ConversationKey conversation, long after, long end) {
        var user = erasure.user();
        var page = messages.next(user.userId(), conversation, after, end);
        withdraw(
                conversation,
                shape -> Withdrawals.of(user, conversation, page.messages(), erasure.requestedAt(), shape));
        return page.to();
    }

    /** @param changes that take something back, for a version of the conversation's shape */
    private void withdraw(ConversationKey conversation, LongFunction<List<Offer>> changes) {
        for (var attempt = 1; ; attempt++) {
            var offers = changes.apply(conversations.head(conversation).shape());
            var outcomes = offers.isEmpty() ? List.<Outcome>of() : submitted(offers);
            if (attempt == ATTEMPTS || outcomes.stream().noneMatch(Outcome.CheckAgain.class::isInstance)) {
                outcomes.forEach(ErasureWalk::requireSettled);
                return;
            }
        }
    }

    /** What has a name that is so old that nobody can tell whether it was taken gets a new one: to take a message back twice does no harm. */
    private List<Outcome> submitted(List<Offer> changes) {
        var outcomes = new ArrayList<>(submission.apply(changes));
        var outlived = IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i) instanceof Outcome.Refused refused
                        && refused.code() == ErrorCode.MESSAGE_OUTLIVED)
                .boxed()
                .toList();
        if (!outlived.isEmpty()) {
            var renamed = submission.apply(outlived.stream()
                    .map(changes::get)
                    .map(Withdrawals::renamed)
                    .toList());
            for (var n = 0; n < outlived.size(); n++) {
                outcomes.set(outlived.get(n), renamed.get(n));
            }
        }
        return outcomes;
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
