package im.magpie.tcp.group;

import im.magpie.common.broker.GroupMembers;
import im.magpie.tcp.connection.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The node's connections whose users are members of one group.
 *
 * <p>Who is shown a message must have been a member at its version. Of each connection it is known since which version its
 * user is one; and up to {@link #applied} every event was looked at while the connection was here. So it stands for what
 * lies between the two, and for the version since which it is here. Of everything else it is only told that there is
 * something, and the services are asked.
 *
 * <p>Safe for use by many threads. It has ended for good when its last connection has left.
 */
final class LocalMembers {

    /** What {@link #enter} answers when this has ended. */
    static final long ENDED = -1;

    private static final class Entry {
        private long since;
        /** Nothing has happened between {@link #since} and {@link #applied} that was not looked at for it. */
        private boolean proven;
        /** The version of the event that its connection was brought apart from the others. */
        private long addressed;
    }

    /**
     * What becomes of a message.
     *
     * @param shown who gets it
     * @param told who hears only that there is something
     * @param doubt the services have to be asked
     */
    record Share(Collection<Connection> shown, Collection<Connection> told, boolean doubt, boolean ended) {

        private static final Share NOBODY = new Share(List.of(), List.of(), false, true);
    }

    /**
     * What the services are asked.
     *
     * @param version who was a member then
     * @param userIds of these
     */
    record Question(long version, Set<String> userIds, Map<Connection, Object> about) {}

    /** What an answer has led to. */
    record Settled(boolean doubt, boolean ended) {}

    private final GroupName name;
    private final Map<Connection, Entry> entries = new HashMap<>();
    private long applied;
    private long seen;
    private long brought;
    /** How many entries are not proven: nobody looks through them all for one message. */
    private int unproven;

    private boolean doubted;
    private boolean ended;

    LocalMembers(GroupName name) {
        this.name = name;
    }

    GroupName name() {
        return name;
    }

    /**
     * Takes a connection in.
     *
     * @param version at which its user was a member
     * @param place up to which its device has been told of the group
     * @param addressed whether the event of this version is brought to it apart from the others
     * @return the place that it has to be told of; 0 for none
     */
    synchronized long enter(Connection connection, long version, long place, boolean addressed) {
        if (ended) {
            return ENDED;
        }
        if (entries.isEmpty()) {
            applied = version;
            seen = version;
            brought = place;
        }
        var entry = entries.computeIfAbsent(connection, _ -> begin());
        if (version > applied || (version == applied && !entry.proven)) {
            prove(entry, version);
        } else if (!entry.proven) {
            // He may have gone since, by an event that was looked at before he was here.
            entry.since = Math.max(entry.since, version);
        }
        if (addressed) {
            entry.addressed = version;
        }
        return brought > place ? brought : 0;
    }

    private Entry begin() {
        unproven++;
        return new Entry();
    }

    private void prove(Entry entry, long version) {
        entry.since = Math.max(entry.since, version);
        if (!entry.proven) {
            entry.proven = true;
            unproven--;
        }
    }

    private void remove(Predicate<Map.Entry<Connection, Entry>> which) {
        entries.entrySet().removeIf(entry -> {
            var gone = which.test(entry);
            unproven -= gone && !entry.getValue().proven ? 1 : 0;
            return gone;
        });
    }

    /** Returns whether the services have to be asked, and have not been since this was asked last. */
    synchronized boolean takeDoubt() {
        var news = !doubted && !ended && doubtful();
        doubted |= news;
        return news;
    }

    /** Lets a connection go; returns whether it was the last. */
    synchronized boolean leave(Connection connection) {
        var entry = entries.remove(connection);
        unproven -= entry != null && !entry.proven ? 1 : 0;
        return end();
    }

    /** Lets those go that are here since this version or an older one; returns whether nobody is left. */
    synchronized boolean leaveUpTo(long version) {
        remove(entry -> entry.getValue().since <= version);
        return end();
    }

    /** Divides a message among the connections. */
    synchronized Share share(GroupMembers members, long sequence) {
        bring(members, sequence);
        if (ended) {
            return Share.NOBODY;
        }
        var version = members.getVersion();
        var shown = new ArrayList<Connection>(entries.size());
        var told = new ArrayList<Connection>();
        entries.forEach((connection, entry) -> {
            if (members.getOrigin() == connection.id()
                    || (members.getEvent() && entry.addressed == version && entry.proven)) {
                return;
            }
            (standsFor(entry, version) ? shown : told).add(connection);
        });
        return new Share(shown, told, takeDoubt(), false);
    }

    /** Takes a message of which everybody is only told; nobody needs to be proven for that. */
    synchronized Share pass(GroupMembers members, long sequence) {
        bring(members, sequence);
        return ended ? Share.NOBODY : new Share(List.of(), List.of(), takeDoubt(), false);
    }

    private void bring(GroupMembers members, long sequence) {
        brought = Math.max(brought, sequence);
        if (members.getEvent()) {
            apply(members.getVersion(), new HashSet<>(members.getGoneList()));
        }
        seen = Math.max(seen, members.getVersion());
        end();
    }

    /** Who goes, goes at once, whatever was missed before. */
    private void apply(long version, Set<String> gone) {
        if (!gone.isEmpty()) {
            remove(entry -> entry.getValue().since < version && gone.contains(userOf(entry.getKey())));
        }
        if (version == applied + 1) {
            applied = version;
        }
    }

    private boolean standsFor(Entry entry, long version) {
        return entry.proven && entry.since <= version && version <= Math.max(applied, entry.since);
    }

    private boolean doubtful() {
        return seen > applied || unproven > 0;
    }

    /** Returns what has to be asked now. */
    synchronized Question question() {
        doubted = false;
        var version = Math.max(applied, seen);
        var users = new HashSet<String>();
        var about = new HashMap<Connection, Object>();
        entries.forEach((connection, entry) -> {
            if (!entry.proven || (version > applied && entry.since < version)) {
                users.add(userOf(connection));
                about.put(connection, entry);
            }
        });
        return new Question(version, users, about);
    }

    /** Takes an answer: who of those that were asked about was a member. */
    synchronized Settled answer(Question question, Set<String> members) {
        question.about().forEach((connection, asked) -> {
            var entry = entries.get(connection);
            // Another one has come in anew, behind something that was not asked about.
            if (entry != asked) {
                return;
            }
            if (members.contains(userOf(connection))) {
                prove(entry, question.version());
            } else if (entry.since < question.version()) {
                leave(connection);
            }
        });
        if (entries.values().stream().allMatch(entry -> !entry.proven || entry.since >= question.version())) {
            applied = Math.max(applied, question.version());
        }
        return new Settled(takeDoubt(), end());
    }

    /** Takes note of the newest place there is; returns whether nothing has brought the connections that far. */
    synchronized boolean catchUp(long place) {
        var behind = !ended && brought < place;
        brought = Math.max(brought, place);
        return behind;
    }

    synchronized Collection<Connection> connections() {
        return List.copyOf(entries.keySet());
    }

    private boolean end() {
        ended |= entries.isEmpty();
        return ended;
    }

    private static String userOf(Connection connection) {
        return connection.requireSession().getUserId();
    }
}
