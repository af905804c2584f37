package im.magpie.e2e.group;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MembersCame;
import im.magpie.codec.protocol.MembersWent;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the timeline of a group says of who was in it when, and so of what everybody may read of it. */
final class Chronicle {

    private final Map<String, BitSet> readable = new HashMap<>();
    private final TreeSet<String> members = new TreeSet<>();
    private long version;
    private int newest;
    private int fewest = Integer.MAX_VALUE;
    private int most;
    private boolean dissolved;

    private Chronicle() {}

    /**
     * Reads a timeline from its first entry on.
     *
     * @throws AssertionError where it can't be that of a group: it has a gap, or somebody speaks or goes who is not in
     */
    static Chronicle of(List<ChatMessage> timeline) {
        var chronicle = new Chronicle();
        timeline.forEach(chronicle::take);
        return chronicle;
    }

    /** Returns the places of everything that a user may read, in their order. */
    List<Long> readableBy(String userId) {
        return readable.getOrDefault(userId, new BitSet()).stream()
                .mapToObj(place -> (long) place)
                .toList();
    }

    @Override
    public String toString() {
        return "%d messages and %d events of %d to %d members".formatted(newest - version, version, fewest, most);
    }

    private void take(ChatMessage message) {
        require(message.getSequence() == newest + 1, "it is not the next place", message);
        require(!dissolved, "the group is no more", message);
        newest++;
        if (message.getContent().hasGroupEvent()) {
            var event = message.getContent().getGroupEvent();
            require(event.getVersion() == version + 1, "it is not the next version", message);
            version++;
            take(message, event);
            fewest = Math.min(fewest, members.size());
            most = Math.max(most, members.size());
        } else {
            require(members.contains(message.getSenderId()), "its sender is not in the group", message);
            show();
        }
    }

    private void take(ChatMessage message, GroupEvent event) {
        switch (event.getWhatCase()) {
            case CREATED -> come(message, event.getCreated());
            case ADDED -> come(message, event.getAdded());
            case JOINED -> come(message, event.getJoined());
            case REMOVED -> go(message, event.getRemoved());
            case LEFT -> go(message, event.getLeft());
            case DISSOLVED -> {
                dissolved = true;
                show();
            }
            case APPOINTED, MUTED, TRANSFERRED, CHANGED, RESIZED, RENAMED, WHAT_NOT_SET -> show();
        }
    }

    /** Whoever comes reads of that, and before it where the history is open. */
    private void come(ChatMessage message, MembersCame came) {
        for (var userId : came.getUserIdsList()) {
            require(members.add(userId), userId + " is in already", message);
            if (came.getOpenHistory()) {
                placesOf(userId).set(1, newest);
            }
        }
        require(members.contains(message.getSenderId()), "who has done it is not in the group", message);
        show();
    }

    /** Whoever goes reads of that, and of nothing behind it. */
    private void go(ChatMessage message, MembersWent went) {
        require(members.contains(message.getSenderId()), "who has done it is not in the group", message);
        show();
        for (var userId : went.getUserIdsList()) {
            require(members.remove(userId), userId + " is not in the group", message);
        }
    }

    private void show() {
        members.forEach(userId -> placesOf(userId).set(newest));
    }

    private BitSet placesOf(String userId) {
        return readable.computeIfAbsent(userId, _ -> new BitSet());
    }

    private static void require(boolean condition, String complaint, ChatMessage message) {
        if (!condition) {
            throw new AssertionError("%s: %s".formatted(complaint, message));
        }
    }
}
