package im.magpie.e2e.check;

import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A conversation's timeline as it was seen in one way.
 *
 * @param kind the way
 * @param device who saw it
 * @param entries in the order in which they were seen
 * @param shown the lines that have them, where each has one of its own
 */
record View(Kind kind, DeviceName device, List<Entry> entries, List<Event.Shown> shown) {

    enum Kind {
        STORED("the history that %s was answered"),
        KEPT("what %s keeps"),
        SHOWN("what %s was shown");

        private final String name;

        Kind(String name) {
            this.name = name;
        }
    }

    /** Returns all views of a conversation; a device of its people that was shown nothing has an empty one. */
    static List<View> of(Conversation conversation) {
        var stored = conversation.stored().stream()
                .map(one -> new View(Kind.STORED, one.device(), one.entries(), List.of()));
        var kept = conversation.kept().values().stream()
                .map(one -> new View(Kind.KEPT, one.device(), one.entries(), List.of()));
        var shown = Stream.concat(conversation.devices().stream(), conversation.shown().keySet().stream())
                .distinct()
                .map(device -> shown(device, conversation.shownBy(device)));
        return Stream.of(stored, kept, shown).flatMap(views -> views).toList();
    }

    private static View shown(DeviceName device, List<Event.Shown> lines) {
        return new View(
                Kind.SHOWN, device, lines.stream().map(Event.Shown::entry).toList(), lines);
    }

    /** Returns the lines that show the entry at an index; none where the view is from the final reads. */
    List<Event> lines(int index) {
        return shown.isEmpty() ? List.of() : List.of(shown.get(index));
    }

    /** Returns the last entry with each sequence. */
    Map<Long, Entry> bySequence() {
        var entries = new HashMap<Long, Entry>();
        this.entries.forEach(entry -> entries.put(entry.sequence(), entry));
        return entries;
    }

    @Override
    public String toString() {
        return kind.name.formatted(device);
    }
}
