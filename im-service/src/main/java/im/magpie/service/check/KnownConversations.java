package im.magpie.service.check;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.service.cache.Database;
import im.magpie.service.cache.RecentlyTrue;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.Members;
import im.magpie.service.membership.MembershipMapper;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** Sees to it that a conversation's members have their rows before its first message is accepted: indexes are built from them. */
@Component
final class KnownConversations {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final int MOST_REMEMBERED = 200_000;
    private static final int CHUNK = 500;
    private static final int ATTEMPTS = 4;

    /** One order for everybody, so that two batches rarely wait for each other's locks. */
    private static final Comparator<Member> ORDER = Comparator.comparing(
                    (Member member) -> member.user().appId())
            .thenComparing(member -> member.user().userId())
            .thenComparing(Member::conversationId);

    private final MembershipMapper memberships;
    private final Database database;
    private final RecentlyTrue<ConversationKey> known;

    KnownConversations(MembershipMapper memberships, Database database, Ticker ticker) {
        this.memberships = memberships;
        this.database = database;
        // Rows are not deleted while a conversation lives, so a known one stays so for as long as the database is away.
        this.known = new RecentlyTrue<>(REMEMBERED, REMEMBERED, MOST_REMEMBERED, ticker);
    }

    /** Returns when all rows are there. */
    void ensure(Collection<ConversationKey> conversations) {
        var unsure = conversations.stream()
                .filter(conversation -> !known.contains(conversation))
                .distinct()
                .toList();
        for (var from = 0; from < unsure.size(); from += CHUNK) {
            var mark = known.mark();
            var chunk = unsure.subList(from, Math.min(from + CHUNK, unsure.size()));
            try {
                insertMissing(membersOf(chunk));
                known.remember(chunk, mark);
            } catch (DataAccessException e) {
                known.stand(chunk, e);
            }
        }
    }

    private static List<Member> membersOf(List<ConversationKey> conversations) {
        return conversations.stream()
                .flatMap(conversation ->
                        Members.of(conversation).stream().map(user -> new Member(user, conversation.conversationId())))
                .sorted(ORDER)
                .toList();
    }

    /** InnoDB may still choose one of two batches as a deadlock's victim; nothing of it is written then. */
    private void insertMissing(List<Member> members) {
        for (var attempt = 1; ; attempt++) {
            try {
                database.ask(() -> memberships.insertMissing(members));
                return;
            } catch (PessimisticLockingFailureException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
