package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.History;
import im.magpie.e2e.history.Memberships;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a group's timeline is of somebody who had the right to it there: however long it was under way, its place decides. */
final class MayWrite implements Rule {

    @Override
    public String promise() {
        return "Nobody says or does in a group what he has no right to at its place.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            var memberships = conversation.memberships();
            if (memberships != null && !conversation.entries().isEmpty()) {
                check(conversation, memberships, findings);
            }
        }
    }

    private static void check(Conversation conversation, Memberships memberships, Findings findings) {
        var founder = conversation.entries().getFirst().sender();
        for (var entry : conversation.entries()) {
            var fault = entry.body() instanceof Body.OfGroup event
                    ? fault(event, entry, founder, memberships)
                    : fault(entry, memberships);
            if (fault != null) {
                findings.add(
                        List.of(),
                        "%s: %s is of %s, who %s".formatted(conversation.id(), entry, entry.sender(), fault));
            }
        }
    }

    private static @Nullable String fault(Entry entry, Memberships memberships) {
        if (!memberships.has(entry.sender(), entry.sequence())) {
            return "is not in the group there";
        }
        if (memberships.isSilent(entry.sender(), entry.sequence())) {
            return "is silenced there";
        }
        return entry.body() instanceof Body.Change change && !memberships.mayRead(entry.sender(), change.target())
                ? "may not read what it changes"
                : null;
    }

    /** Whoever has made the group does everything in it; others come, go, and bring others in. */
    private static @Nullable String fault(Body.OfGroup event, Entry entry, String founder, Memberships memberships) {
        var self = List.of(entry.sender());
        var isMember = memberships.has(entry.sender(), entry.sequence() - 1);
        return switch (event) {
            case Body.Came came when came.version() == 1 || came.users().equals(self) -> null;
            case Body.Came _ -> isMember ? null : "is not in the group there";
            case Body.Went went when went.users().equals(self) -> null;
            case Body.Went _, Body.Silenced _, Body.Named _, Body.Other _ ->
                entry.sender().equals(founder) ? null : "has not made the group";
        };
    }
}
