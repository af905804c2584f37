package im.magpie.tcp.room;

import im.magpie.tcp.connection.Connection;
import io.netty.channel.EventLoop;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A room as the node has it. What changes of it belongs to the index, which locks it; to be read by any thread where it says so. */
final class LocalRoom {

    /** Who of some is to be asked for; the answer holds up to a version. */
    record Question(long version, List<Visit> visits) {}

    private final RoomName name;
    private final ConcurrentMap<Connection, Visit> visits = new ConcurrentHashMap<>();
    private final ConcurrentMap<EventLoop, Set<Visit>> byLoop = new ConcurrentHashMap<>();
    private final Set<Visit> entering = new HashSet<>();
    private final Versions versions = new Versions();
    private final Outlet outlet;
    private long closedAt;
    private volatile boolean beingLeft;
    private boolean questionDue;

    LocalRoom(
            RoomName name,
            Consumer<Visit> onOut,
            RoomWriters writers,
            Supplier<RoomSettings> settings,
            RoomMeters meters) {
        this.name = name;
        this.outlet = new Outlet(byLoop, onOut, writers, settings, meters);
    }

    RoomName name() {
        return name;
    }

    Versions versions() {
        return versions;
    }

    /** Takes what the connections are told. By any thread. */
    void say(Said said) {
        outlet.say(said);
    }

    /** Returns how many connections are in it. By any thread. */
    int count() {
        return visits.size();
    }

    /** Returns whether a connection is in it. By any thread. */
    boolean has(Connection connection) {
        return visits.containsKey(connection);
    }

    /** Returns a live view of those who are in it. */
    Collection<Visit> visits() {
        return Collections.unmodifiableCollection(visits.values());
    }

    void begin(Visit visit) {
        entering.add(visit);
    }

    /** The visit of a connection that has begun to enter is over before it was in. */
    void giveUp(Visit visit) {
        entering.remove(visit);
    }

    /** A connection is in from here on, at a version. */
    void enter(Visit visit, long version) {
        entering.remove(visit);
        if (visits.isEmpty()) {
            versions.begin(version);
        }
        versions.enteredAt(version);
        visit.enteredAt(version);
        var earlier = visits.putIfAbsent(visit.connection(), visit);
        if (earlier == null) {
            byLoop.computeIfAbsent(visit.connection().channel().eventLoop(), _ -> ConcurrentHashMap.newKeySet())
                    .add(visit);
        } else {
            earlier.enteredAt(version);
            visit.end();
        }
    }

    /** A connection is out, and not in by what it has begun. Returns its visit, null for none that had come so far. */
    @Nullable
    Visit leave(Connection connection) {
        entering.stream().filter(visit -> visit.connection() == connection).forEach(Visit::end);
        var visit = visits.get(connection);
        if (visit != null) {
            leave(visit);
        }
        return visit;
    }

    void leave(Visit visit) {
        visit.end();
        visits.remove(visit.connection(), visit);
        var loop = byLoop.get(visit.connection().channel().eventLoop());
        if (loop != null) {
            loop.remove(visit);
        }
    }

    void closed(long version) {
        closedAt = Math.max(closedAt, version);
    }

    /** Returns whether it was closed after it had a version. */
    boolean closedSince(long version) {
        return closedAt > version;
    }

    /** Returns whether nobody is in it, or about to be. */
    boolean vacant() {
        return visits.isEmpty() && entering.isEmpty();
    }

    /** The services are being told that nobody is in it: whoever wants to enter has to wait for the end of that. */
    void beingLeft(boolean now) {
        beingLeft = now;
    }

    boolean beingLeft() {
        return beingLeft;
    }

    /** Returns whether something was missed that concerns somebody, and nobody is about to ask for it. */
    boolean takeDoubt() {
        if (questionDue || visits.isEmpty() || !versions.inDoubt()) {
            return false;
        }
        questionDue = true;
        return true;
    }

    /** Returns what the services have to be asked; null where nothing was missed, or nobody is concerned. */
    @Nullable
    Question question() {
        questionDue = false;
        if (!versions.inDoubt() || visits.isEmpty()) {
            return null;
        }
        return new Question(versions.ask(), List.copyOf(visits.values()));
    }
}
