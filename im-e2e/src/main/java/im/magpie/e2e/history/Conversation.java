package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a history tells of one conversation. */
public final class Conversation {

    private final String id;
    private final List<String> people;
    private final List<DeviceName> devices;
    private final List<Attempt> attempts;
    private final Map<DeviceName, List<Event.Shown>> shown;
    private final Map<DeviceName, Event.Kept> kept;
    private final List<Event.Stored> stored;
    private final List<Event.Marked> marks;
    private final Origins origins;
    private final Map<Long, Event.Shown> firstShown = new HashMap<>();

    private Conversation(Draft draft, List<DeviceName> devices, List<Attempt> attempts) {
        this.id = draft.id;
        this.people = List.copyOf(draft.people);
        this.devices = devices;
        this.attempts = attempts;
        this.shown = draft.shown;
        this.kept = draft.kept;
        this.stored = draft.stored;
        this.marks = draft.marks;
        this.origins = new Origins(attempts, allEntries());
        shown.values()
                .forEach(all -> all.forEach(
                        one -> firstShown.merge(one.entry().sequence(), one, (a, b) -> a.at() <= b.at() ? a : b)));
    }

    /** What is being gathered. */
    static final class Draft {
        final String id;
        final List<String> people = new ArrayList<>();
        final List<Long> operations = new ArrayList<>();
        final Map<DeviceName, List<Event.Shown>> shown = new LinkedHashMap<>();
        final Map<DeviceName, Event.Kept> kept = new LinkedHashMap<>();
        final List<Event.Stored> stored = new ArrayList<>();
        final List<Event.Marked> marks = new ArrayList<>();

        Draft(String id) {
            this.id = id;
        }

        void shown(Event.Shown event) {
            shown.computeIfAbsent(event.device(), _ -> new ArrayList<>()).add(event);
        }

        /** All devices of the history, and its attempts by their operations' numbers. */
        Conversation done(Stream<DeviceName> everybody, Map<Long, Attempt> attempts) {
            var devices =
                    everybody.filter(device -> people.contains(device.user())).toList();
            return new Conversation(
                    this, devices, operations.stream().map(attempts::get).toList());
        }
    }

    private Stream<Entry> allEntries() {
        var seen = shown.values().stream().flatMap(List::stream).map(Event.Shown::entry);
        var had = kept.values().stream().flatMap(one -> one.entries().stream());
        return Stream.of(seen, had, stored.stream().flatMap(one -> one.entries().stream()))
                .flatMap(all -> all);
    }

    public String id() {
        return id;
    }

    public List<String> people() {
        return people;
    }

    /** Returns all devices of its people. */
    public List<DeviceName> devices() {
        return devices;
    }

    /** Returns what was asked for, in that order. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** Returns what each device was shown, in that order; devices that were shown nothing may be missing. */
    public Map<DeviceName, List<Event.Shown>> shown() {
        return Collections.unmodifiableMap(shown);
    }

    /** Returns what a device was shown, in that order. */
    public List<Event.Shown> shownBy(DeviceName device) {
        return shown.getOrDefault(device, List.of());
    }

    /** Returns what each device has in the end. */
    public Map<DeviceName, Event.Kept> kept() {
        return Collections.unmodifiableMap(kept);
    }

    /** Returns what the server has in the end, as different devices were answered. */
    public List<Event.Stored> stored() {
        return Collections.unmodifiableList(stored);
    }

    /** Returns what the server has in the end, as the last one was answered. */
    public List<Entry> entries() {
        return stored.isEmpty() ? List.of() : stored.getLast().entries();
    }

    /** Returns what devices were told of how far people are, in the order in which they were. */
    public List<Event.Marked> marks() {
        return Collections.unmodifiableList(marks);
    }

    /** Returns what was asked for of which an entry comes; null if nobody, or somebody else than it says, has asked for it. */
    public @Nullable Attempt origin(Entry entry) {
        return origins.of(entry);
    }

    /** Returns the attempts to take back what is at a sequence. */
    public List<Attempt> recallsOf(long sequence) {
        return origins.recallsOf(sequence);
    }

    /** Returns when a device was first shown an entry with this sequence; null for never. */
    public Event.@Nullable Shown firstShown(long sequence) {
        return firstShown.get(sequence);
    }
}
