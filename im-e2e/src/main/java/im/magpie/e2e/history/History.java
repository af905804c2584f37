package im.magpie.e2e.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole history, sorted by what its lines are about. */
public final class History {

    private final Event.Began began;
    private final Event.@Nullable Quiet quiet;
    private final Map<String, Conversation> conversations;
    private final Map<DeviceName, Life> lives;
    private final List<Attempt> attempts;
    private final List<Event.Broke> faults;
    private final List<Loss> losses;

    private History(Gatherer gathered) {
        var first = gathered.began;
        if (first == null) {
            throw new BadHistoryException("a history without a beginning");
        }
        this.began = first;
        this.quiet = gathered.quiet;
        this.lives = gathered.lives;
        this.faults = gathered.faults;
        this.losses = gathered.losses();
        Map<Long, Attempt> byNumber = new LinkedHashMap<>();
        gathered.invoked.forEach(
                (number, invoked) -> byNumber.put(number, new Attempt(invoked, gathered.completed.get(number))));
        this.attempts = List.copyOf(byNumber.values());
        this.conversations = new LinkedHashMap<>();
        gathered.drafts.forEach((id, draft) -> conversations.put(id, draft.done(lives.keySet().stream(), byNumber)));
    }

    /**
     * Sorts a history.
     *
     * @throws BadHistoryException if it contradicts itself
     */
    public static History of(Iterable<? extends Event> events) {
        var gatherer = new Gatherer();
        events.forEach(gatherer::add);
        return new History(gatherer);
    }

    /**
     * Reads a history from its file.
     *
     * @throws BadHistoryException if the file has something else, or contradicts itself
     */
    public static History read(Path file) {
        var gatherer = new Gatherer();
        HistoryFile.read(file, gatherer::add);
        return new History(gatherer);
    }

    public Event.Began began() {
        return began;
    }

    /** Returns from when on nothing was broken and nobody said anything new; null if that never came. */
    public Event.@Nullable Quiet quiet() {
        return quiet;
    }

    public Collection<Conversation> conversations() {
        return Collections.unmodifiableCollection(conversations.values());
    }

    /** Returns the life of every device. */
    public Collection<Life> lives() {
        return Collections.unmodifiableCollection(lives.values());
    }

    /** Returns the life of a device, which may never have been on. */
    public Life life(DeviceName device) {
        return lives.getOrDefault(device, new Life(device));
    }

    /** Returns everything that was asked for, in that order. */
    public List<Attempt> attempts() {
        return attempts;
    }

    public List<Event.Broke> faults() {
        return Collections.unmodifiableList(faults);
    }

    /** Returns when Redis may have forgotten what it knew. */
    public List<Loss> losses() {
        return losses;
    }

    /** A loss of Redis' memory, at some time between these; in a run that ended before it was whole again, to {@link Long#MAX_VALUE}. */
    public record Loss(long from, long to) {}

    /** Takes lines in, and keeps what is equal in many of them once. */
    private static final class Gatherer {

        Event.@Nullable Began began;
        Event.@Nullable Quiet quiet;
        final Map<String, Conversation.Draft> drafts = new LinkedHashMap<>();
        final Map<DeviceName, Life> lives = new LinkedHashMap<>();
        final Map<Long, Event.Invoked> invoked = new LinkedHashMap<>();
        final Map<Long, Event.Completed> completed = new HashMap<>();
        final List<Event.Broke> faults = new ArrayList<>();
        final Map<Integer, Long> mended = new HashMap<>();
        private final Map<Entry, Entry> entries = new HashMap<>();
        private final Map<DeviceName, DeviceName> devices = new HashMap<>();
        private long now;

        void add(Event event) {
            if (event.at() < now) {
                throw new BadHistoryException("time falls: " + EventLines.of(event));
            }
            now = event.at();
            if ((began == null) != event instanceof Event.Began) {
                throw new BadHistoryException("a history begins once: " + EventLines.of(event));
            }
            switch (event) {
                case Event.Began first -> begin(first);
                case Event.Introduced introduced ->
                    draft(introduced.conversation()).people.addAll(introduced.people());
                case Event.Founded founded -> draft(founded.conversation()).found(founded.people());
                case Event.Started started -> life(started.device()).started(started);
                case Event.Stopped stopped -> life(stopped.device()).stopped(stopped);
                case Event.Kicked kicked -> life(kicked.device()).kicked(kicked);
                case Event.Connected connected -> life(connected.device()).connected();
                case Event.Resent resent -> life(resent.device()).resent(resent.times());
                case Event.Disconnected _ -> {}
                case Event.Invoked one -> invoke(one);
                case Event.Completed one -> complete(one);
                case Event.Told told -> draft(told.conversation()).told(shared(told));
                case Event.Marked marked -> draft(marked.conversation()).marks.add(marked);
                case Event.Configured one ->
                    draft(one.conversation()).configured.add(one);
                case Event.Broke broke -> faults.add(broke);
                case Event.Mended one -> mended.put(one.fault(), one.at());
                case Event.Quiet last -> quiet = last;
                case Event.Kept kept -> draft(kept.conversation()).kept.put(kept.device(), shared(kept));
                case Event.KeptSettings kept ->
                    draft(kept.conversation()).keptSettings.put(kept.device(), kept);
                case Event.Stored stored -> draft(stored.conversation()).stored.add(shared(stored));
            }
        }

        private void begin(Event.Began first) {
            if (first.version() != Event.Began.VERSION) {
                throw new BadHistoryException("a history of version " + first.version());
            }
            began = first;
        }

        private void invoke(Event.Invoked one) {
            if (invoked.put(one.operation(), one) != null) {
                throw new BadHistoryException("asked for twice: " + EventLines.of(one));
            }
            draft(one.what().conversation()).operations.add(one.operation());
        }

        private void complete(Event.Completed one) {
            if (!invoked.containsKey(one.operation()) || completed.put(one.operation(), one) != null) {
                throw new BadHistoryException("answered without being asked, or more than once: " + EventLines.of(one));
            }
        }

        List<Loss> losses() {
            return faults.stream()
                    .filter(Event.Broke::forgets)
                    .map(broke -> new Loss(broke.at(), mended.getOrDefault(broke.fault(), Long.MAX_VALUE)))
                    .toList();
        }

        private Conversation.Draft draft(String id) {
            return drafts.computeIfAbsent(id, Conversation.Draft::new);
        }

        private Life life(DeviceName device) {
            return lives.computeIfAbsent(device, Life::new);
        }

        private Event.Told shared(Event.Told one) {
            var device = devices.computeIfAbsent(one.device(), name -> name);
            var conversation = draft(one.conversation()).id;
            return switch (one) {
                case Event.Shown _ -> new Event.Shown(one.at(), device, conversation, shared(one.entry()));
                case Event.Changed _ -> new Event.Changed(one.at(), device, conversation, shared(one.entry()));
            };
        }

        private Event.Kept shared(Event.Kept one) {
            return new Event.Kept(one.at(), one.device(), one.conversation(), shared(one.entries()));
        }

        private Event.Stored shared(Event.Stored one) {
            return new Event.Stored(one.at(), one.device(), one.conversation(), shared(one.entries()));
        }

        private List<Entry> shared(List<Entry> all) {
            return all.stream().map(this::shared).toList();
        }

        private Entry shared(Entry one) {
            return entries.computeIfAbsent(one, entry -> entry);
        }
    }
}
