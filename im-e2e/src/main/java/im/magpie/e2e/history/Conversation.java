package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a history tells of one conversation. */
public final class Conversation {

    private final String id;
    private final List<String> people;
    private final List<DeviceName> devices;
    private final List<Attempt> attempts;
    private final Map<DeviceName, List<Event.Told>> told;
    private final Map<DeviceName, List<Event.Shown>> shown = new LinkedHashMap<>();
    private final Map<DeviceName, Event.Kept> kept;
    private final Map<DeviceName, Event.KeptSettings> keptSettings;
    private final List<Event.Stored> stored;
    private final List<Event.Marked> marks;
    private final List<Event.Configured> configured;
    private final @Nullable Memberships memberships;
    private final Deletions deletions;
    private final List<Entry> entries;
    private final Origins origins;
    private final Map<Long, Event.Shown> firstShown = new HashMap<>();

    private Conversation(Draft draft, List<DeviceName> devices, List<Attempt> attempts) {
        this.id = draft.id;
        this.people = List.copyOf(draft.people);
        this.devices = devices;
        this.attempts = attempts;
        this.told = draft.told;
        this.kept = draft.kept;
        this.keptSettings = draft.keptSettings;
        this.stored = draft.stored;
        this.marks = draft.marks;
        this.configured = draft.configured;
        this.deletions = new Deletions(attempts);
        this.entries = draft.isGroup ? all(stored) : deletions.undone(stored);
        this.memberships = draft.isGroup ? new Memberships(entries) : null;
        told.forEach((device, all) -> shown.put(device, shown(all)));
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
        final Map<DeviceName, List<Event.Told>> told = new LinkedHashMap<>();
        final Map<DeviceName, Event.Kept> kept = new LinkedHashMap<>();
        final Map<DeviceName, Event.KeptSettings> keptSettings = new LinkedHashMap<>();
        final List<Event.Stored> stored = new ArrayList<>();
        final List<Event.Marked> marks = new ArrayList<>();
        final List<Event.Configured> configured = new ArrayList<>();
        boolean isGroup;

        Draft(String id) {
            this.id = id;
        }

        void found(List<String> everybody) {
            isGroup = true;
            people.addAll(everybody);
        }

        void told(Event.Told event) {
            told.computeIfAbsent(event.device(), _ -> new ArrayList<>()).add(event);
        }

        /** All devices of the history, and its attempts by their operations' numbers. */
        Conversation done(Stream<DeviceName> everybody, Map<Long, Attempt> attempts) {
            var devices =
                    everybody.filter(device -> people.contains(device.user())).toList();
            return new Conversation(
                    this, devices, operations.stream().map(attempts::get).toList());
        }
    }

    /** Nobody but a member from the beginning to the end is answered everything: each entry in the newest state that anybody was answered. */
    private static List<Entry> all(List<Event.Stored> stored) {
        var all = new TreeMap<Long, Entry>();
        stored.forEach(one -> one.entries()
                .forEach(entry -> all.merge(entry.sequence(), entry, (a, b) -> b.changed() >= a.changed() ? b : a)));
        return List.copyOf(all.values());
    }

    private Set<Entry> allEntries() {
        var all = new LinkedHashSet<Entry>();
        told.values().forEach(events -> events.forEach(one -> all.add(one.entry())));
        kept.values().forEach(one -> all.addAll(one.entries()));
        stored.forEach(one -> all.addAll(one.entries()));
        return all;
    }

    private static List<Event.Shown> shown(List<Event.Told> all) {
        return all.stream()
                .filter(Event.Shown.class::isInstance)
                .map(Event.Shown.class::cast)
                .toList();
    }

    public String id() {
        return id;
    }

    /** Returns who is in it; of a group, who may be in it at some time. */
    public List<String> people() {
        return people;
    }

    /** Returns who is in this group, from where to where, by the events among its {@link #entries()}; null for a private chat. */
    public @Nullable Memberships memberships() {
        return memberships;
    }

    /** Returns whether somebody is to have what is at a sequence: in a private chat everything, in a group what its events let him read. */
    public boolean mayRead(String user, long sequence) {
        return memberships == null || memberships.mayRead(user, sequence);
    }

    /** Returns all devices of its people. */
    public List<DeviceName> devices() {
        return devices;
    }

    /** Returns what was asked for, in that order. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** Returns what each device was told of messages, in that order; devices that were told nothing may be missing. */
    public Map<DeviceName, List<Event.Told>> told() {
        return Collections.unmodifiableMap(told);
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

    /**
     * Returns what the server has in the end: of a private chat as the last one was answered, with what its user has deleted, as others were answered; of a group as all
     * of them together were.
     */
    public List<Entry> entries() {
        return entries;
    }

    /** Returns whether somebody may have deleted for himself what is at a sequence: he has asked for it, and was not refused. */
    public boolean mayHaveDeleted(String user, long sequence) {
        return deletions.mayHave(user, sequence);
    }

    /** Returns what devices were told of what their users have made of the conversation, in that order. */
    public List<Event.Configured> configured() {
        return Collections.unmodifiableList(configured);
    }

    /** Returns what each device knows in the end of what its user has made of the conversation. */
    public Map<DeviceName, Event.KeptSettings> keptSettings() {
        return Collections.unmodifiableMap(keptSettings);
    }

    /** Returns what devices were told of how far people are, in the order in which they were. */
    public List<Event.Marked> marks() {
        return Collections.unmodifiableList(marks);
    }

    /** Returns what was asked for of which an entry comes; null if nobody, or somebody else than it says, has asked for it. */
    public @Nullable Attempt origin(Entry entry) {
        return origins.of(entry);
    }

    /** Returns what was asked for of which the words of a message come; null if nobody, or somebody else, has said them, there. */
    public @Nullable Attempt words(Entry entry) {
        return origins.words(entry);
    }

    /** Returns the attempts to take back what is at a sequence. */
    public List<Attempt> recallsOf(long sequence) {
        return origins.recallsOf(sequence);
    }

    /** Returns when somebody knew that an entry is there: its device, or one that was shown it; {@link Long#MAX_VALUE} for never. */
    public long knownAt(Entry entry) {
        var first = firstShown(entry.sequence());
        return Math.min(answeredAt(entry), first == null ? Long.MAX_VALUE : first.at());
    }

    /** Returns when the device that has asked for an entry was told that it is there; {@link Long#MAX_VALUE} for never. */
    public long answeredAt(Entry entry) {
        var attempt = origin(entry);
        return attempt == null ? Long.MAX_VALUE : attempt.doneAt();
    }

    /** Returns when a device was first shown an entry with this sequence; null for never. */
    public Event.@Nullable Shown firstShown(long sequence) {
        return firstShown.get(sequence);
    }
}
