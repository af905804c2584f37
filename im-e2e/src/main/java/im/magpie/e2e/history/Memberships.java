package im.magpie.e2e.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Who is in a group, and what follows from that, from place to place of its timeline, as the events in it say. An event counts from its own place on. */
public final class Memberships {

    private final Map<String, List<Stay>> stays = new HashMap<>();
    /** From which place on somebody may not write, or may again. */
    private final Map<String, TreeMap<Long, Boolean>> silences = new HashMap<>();

    private final TreeMap<Long, String> names = new TreeMap<>();

    /** @param entries of the timeline, in their order */
    public Memberships(List<Entry> entries) {
        entries.forEach(this::take);
    }

    /**
     * Somebody is a member.
     *
     * @param begin the place of his coming
     * @param end the place of his going; {@link Long#MAX_VALUE} where there is none
     * @param readsFrom the first place that he reads
     */
    public record Stay(long begin, long end, long readsFrom) {

        boolean has(long sequence) {
            return begin <= sequence && sequence < end;
        }

        boolean reads(long sequence) {
            return readsFrom <= sequence && sequence <= end;
        }
    }

    private void take(Entry entry) {
        var place = entry.sequence();
        switch (entry.body()) {
            case Body.Came came -> came.users().forEach(user -> come(user, place, came.openHistory()));
            case Body.Went went -> went.users().forEach(user -> go(user, place));
            case Body.Silenced one ->
                silences.computeIfAbsent(one.user(), _ -> new TreeMap<>()).put(place, one.silent());
            case Body.Named named -> names.put(place, named.name());
            case Body.Other _, Body.Text _, Body.Gone _, Body.Change _ -> {}
        }
    }

    /** Whoever comes may write, whatever he was before. */
    private void come(String user, long place, boolean openHistory) {
        if (!has(user, place)) {
            stays.computeIfAbsent(user, _ -> new ArrayList<>())
                    .add(new Stay(place, Long.MAX_VALUE, openHistory ? 1 : place));
            silences.computeIfAbsent(user, _ -> new TreeMap<>()).put(place, false);
        }
    }

    private void go(String user, long place) {
        if (has(user, place)) {
            var all = Objects.requireNonNull(stays.get(user));
            var last = all.removeLast();
            all.add(new Stay(last.begin(), place, last.readsFrom()));
        }
    }

    /** Returns when somebody was a member, in that order. */
    public List<Stay> staysOf(String user) {
        return List.copyOf(stays.getOrDefault(user, List.of()));
    }

    /** Returns whether somebody is a member from a place on: what is said next may be his. */
    public boolean has(String user, long sequence) {
        return stays.getOrDefault(user, List.of()).stream().anyMatch(stay -> stay.has(sequence));
    }

    /** Returns whether somebody is to have what is at a place. */
    public boolean mayRead(String user, long sequence) {
        return stays.getOrDefault(user, List.of()).stream().anyMatch(stay -> stay.reads(sequence));
    }

    /** Returns whether somebody may not write from a place on, though he is a member. */
    public boolean isSilent(String user, long sequence) {
        var last = silences.getOrDefault(user, new TreeMap<>()).floorEntry(sequence);
        return last != null && last.getValue();
    }

    /** Returns what the group is called from a place on; empty as long as it is called what it was first. */
    public String name(long sequence) {
        var last = names.floorEntry(sequence);
        return last == null ? "" : last.getValue();
    }

    /** Returns the place of the coming by which somebody reads what is at a place; that place itself where he need not have come for it. */
    public long readableSince(String user, long sequence) {
        return stays.getOrDefault(user, List.of()).stream()
                .filter(stay -> stay.reads(sequence))
                .mapToLong(stay -> Math.max(stay.begin(), sequence))
                .min()
                .orElse(sequence);
    }
}
