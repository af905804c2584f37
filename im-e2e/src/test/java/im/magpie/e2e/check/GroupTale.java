package im.magpie.e2e.check;

import static im.magpie.e2e.check.Tale.GROUP;
import static im.magpie.e2e.check.Tale.event;
import static im.magpie.e2e.check.Tale.text;

import im.magpie.e2e.history.Body;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Operation;
import java.util.List;
import java.util.stream.Stream;

/** A group in which somebody comes and somebody goes: Alice makes it with Bob, adds Carol, and sends Bob away. Each of them has a phone, and each says something. */
final class GroupTale {

    static final Entry MADE = event(1, 0, "alice", 1, new Body.Came(1, List.of("alice", "bob"), false));
    static final Entry A = text(2, 1, "alice", "a");
    static final Entry B = text(4, 2, "bob", "b");
    static final Entry GONE = event(5, 2, "alice", 5, new Body.Went(3, List.of("bob")));
    static final Entry C = text(6, 3, "carol", "c");
    /** Carol reads from here on. */
    static final Entry ADDED = added(false);

    static Entry added(boolean openHistory) {
        return event(3, 1, "alice", 3, new Body.Came(2, List.of("carol"), openHistory));
    }

    /** Everything is asked for and acknowledged, and nobody has seen anything yet. */
    static Tale asked() {
        return Tale.ofGroup("alice/phone", "bob/phone", "carol/phone")
                .asks("alice/phone", "made", new Operation.Found(GROUP, List.of("bob"), false))
                .done("made")
                .says("alice/phone", "a")
                .acknowledged("a", 2)
                .asks("alice/phone", "added", new Operation.Add(GROUP, "carol"))
                .done("added")
                .says("bob/phone", "b")
                .acknowledged("b", 4)
                .asks("alice/phone", "gone", new Operation.Remove(GROUP, "bob"))
                .done("gone")
                .says("carol/phone", "c")
                .acknowledged("c", 6);
    }

    /** All is quiet, and everybody has what is his. */
    static Tale ends(Tale tale, Entry added) {
        return tale.quiet()
                .endsFor("alice/phone", MADE, A, added, B, GONE, C)
                .endsFor("bob/phone", MADE, A, added, B, GONE)
                .endsFor(
                        "carol/phone",
                        Stream.of(MADE, A, added, B, GONE, C)
                                .filter(entry -> entry.sequence() >= 3 || isOpen(added))
                                .toArray(Entry[]::new));
    }

    private static boolean isOpen(Entry added) {
        return added.body() instanceof Body.Came came && came.openHistory();
    }

    private GroupTale() {}
}
