package im.magpie.e2e.check;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.History;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A group begins with its founding, and goes on by one event after the other, each of the next version, and each of which changes something. */
final class Versions implements Rule {

    @Override
    public String promise() {
        return "A group's events stand in the order of its versions, without holes, and each follows from the one"
                + " before.";
    }

    @Override
    public void check(History history, Findings findings) {
        for (var conversation : history.conversations()) {
            if (conversation.memberships() != null) {
                check(conversation, findings);
            }
        }
    }

    /** What comes behind the first fault may be no other one. */
    private static void check(Conversation conversation, Findings findings) {
        var members = new HashSet<String>();
        var version = 0L;
        for (var entry : conversation.entries()) {
            var fault = fault(entry, version, members);
            if (fault != null) {
                findings.add(List.of(), "%s: %s %s".formatted(conversation.id(), entry, fault));
                return;
            }
            version += entry.body() instanceof Body.OfGroup ? 1 : 0;
        }
    }

    private static @Nullable String fault(Entry entry, long version, Set<String> members) {
        if (!(entry.body() instanceof Body.OfGroup event)) {
            return version == 0 ? "stands before the group was made" : null;
        }
        if (event.version() != version + 1) {
            return "is behind version " + version;
        }
        return switch (event) {
            case Body.Came came ->
                came.users().stream().allMatch(members::add) ? null : "lets somebody in who is in already";
            case Body.Went went ->
                went.users().stream().allMatch(members::remove) ? null : "lets somebody go who is not in";
            case Body.Silenced silenced -> members.contains(silenced.user()) ? null : "is about somebody who is not in";
            case Body.Named _, Body.Other _ -> null;
        };
    }
}
