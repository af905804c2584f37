package im.magpie.tcp.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.PushItem;
import im.magpie.common.error.MagpieException;
import im.magpie.tcp.connection.Connection;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which of the node's connections are in which room. They come in by what the services have allowed, and go by themselves, by events of their rooms, and when they
 * close. Safe for use by many threads; one lock for all that changes who is where, held for moments only.
 */
public final class RoomIndex {

    /** What became of somebody's wish to enter. */
    enum Entry {
        IN,
        /** He has left, or his connection has closed, before he was in. */
        LEFT,
        /** The room was closed meanwhile. */
        CLOSED
    }

    private final ConcurrentMap<RoomName, LocalRoom> rooms = new ConcurrentHashMap<>();
    private final Map<Connection, Set<Visit>> byConnection = new HashMap<>();
    private final BlockingQueue<LocalRoom> vacated = new LinkedBlockingQueue<>();
    private final BlockingQueue<LocalRoom> doubted = new LinkedBlockingQueue<>();
    private final RoomWriters writers = new RoomWriters();
    private final Supplier<RoomSettings> settings;
    private final RoomMeters meters;

    public RoomIndex(Supplier<RoomSettings> settings, RoomMeters meters) {
        this.settings = settings;
        this.meters = meters;
    }

    /** Takes what the services push to a room. Never blocks. */
    public void pushed(PushItem item) {
        var audience = item.getRoom();
        var room = rooms.get(new RoomName(audience.getAppId(), audience.getRoomId()));
        if (room == null) {
            meters.unknown();
            return;
        }
        if (audience.getVersion() > 0) {
            heard(room, audience.getVersion(), audience.getClosed());
        }
        room.say(Said.pushed(audience, item.getBody()));
    }

    private synchronized void heard(LocalRoom room, long version, boolean closed) {
        room.versions().heard(version);
        if (closed) {
            room.closed(version);
        }
        askIfInDoubt(room);
    }

    private void askIfInDoubt(LocalRoom room) {
        if (room.takeDoubt()) {
            doubted.add(room);
        }
    }

    /**
     * A connection is about to ask the services to let it into a room, of which the node is told from here on. Waits while the services are being told that nobody
     * of the node is in the room.
     *
     * @throws MagpieException INVALID_REQUEST where it is in as many rooms as it may be
     */
    synchronized Visit begin(Connection connection, RoomName name) throws InterruptedException {
        requirePlace(connection, name);
        var room = room(name);
        while (room.beingLeft()) {
            wait();
            room = room(name);
        }
        var visit = new Visit(connection, room);
        room.begin(visit);
        visitsOf(connection).add(visit);
        return visit;
    }

    private LocalRoom room(RoomName name) {
        return rooms.computeIfAbsent(name, _ -> new LocalRoom(name, this::putOut, writers, settings, meters));
    }

    private void requirePlace(Connection connection, RoomName name) {
        var most = settings.get().perConnection();
        var names = new HashSet<RoomName>();
        byConnection
                .getOrDefault(connection, Set.of())
                .forEach(visit -> names.add(visit.room().name()));
        if (!names.contains(name) && names.size() >= most) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a connection is in %d rooms at most".formatted(most));
        }
    }

    private Set<Visit> visitsOf(Connection connection) {
        var visits = byConnection.get(connection);
        if (visits == null) {
            visits = new HashSet<>();
            byConnection.put(connection, visits);
            connection.onClose(() -> leave(connection));
        }
        return visits;
    }

    /** The services have let a connection in, at a version of the room. For its event loop. */
    synchronized Entry enter(Visit visit, long version) {
        var room = visit.room();
        if (visit.ended() || !visit.connection().channel().isOpen()) {
            giveUp(visit);
            return Entry.LEFT;
        }
        if (room.closedSince(version)) {
            giveUp(visit);
            return Entry.CLOSED;
        }
        room.enter(visit, version);
        if (visit.ended()) {
            forget(visit);
        }
        askIfInDoubt(room);
        return Entry.IN;
    }

    /** The services have not let a connection in. */
    synchronized void giveUp(Visit visit) {
        visit.room().giveUp(visit);
        visit.end();
        forget(visit);
        vacateIfEmpty(visit.room());
    }

    /** A connection leaves a room, if it is in it. */
    synchronized void leave(Connection connection, RoomName name) {
        var room = rooms.get(name);
        if (room == null) {
            return;
        }
        var visit = room.leave(connection);
        // One that is about to enter is given up where that is answered.
        if (visit != null) {
            forget(visit);
            vacateIfEmpty(room);
        }
    }

    private synchronized void leave(Connection connection) {
        var visits = byConnection.remove(connection);
        if (visits != null) {
            visits.forEach(visit -> {
                visit.room().leave(connection);
                vacateIfEmpty(visit.room());
            });
        }
    }

    /** A visit is over by what its connection was told. */
    private synchronized void putOut(Visit visit) {
        visit.room().leave(visit);
        forget(visit);
        vacateIfEmpty(visit.room());
    }

    private void forget(Visit visit) {
        var visits = byConnection.get(visit.connection());
        if (visits != null) {
            visits.remove(visit);
        }
    }

    private void vacateIfEmpty(LocalRoom room) {
        if (room.vacant()) {
            vacated.add(room);
        }
    }

    /** Returns whether a connection is in a room. */
    boolean has(Connection connection, RoomName name) {
        var room = rooms.get(name);
        return room != null && room.has(connection);
    }

    /**
     * The services are about to be told that nobody of the node is in a room: nobody enters until that is {@link #left}. Returns false where somebody is in it, or
     * they know.
     */
    synchronized boolean beginLeaving(LocalRoom room) {
        if (!room.vacant() || room.beingLeft() || rooms.get(room.name()) != room) {
            return false;
        }
        room.beingLeft(true);
        return true;
    }

    /** The services have been told, or could not be: then their lease ends by itself. */
    synchronized void left(Collection<LocalRoom> gone) {
        gone.forEach(room -> {
            room.beingLeft(false);
            rooms.remove(room.name(), room);
        });
        notifyAll();
    }

    /** The services say that a room was closed. */
    synchronized void closed(LocalRoom room, long version) {
        room.closed(version);
    }

    /** The services say that a room has a version. */
    synchronized void claimed(LocalRoom room, long version) {
        room.versions().claimed(version);
        askIfInDoubt(room);
    }

    /** Returns what the services have to be asked about a room; null for nothing. */
    synchronized LocalRoom.@Nullable Question question(LocalRoom room) {
        return room.question();
    }

    /** The question was answered, and whoever had to go has been put out. */
    synchronized void answered(LocalRoom room, LocalRoom.Question question) {
        room.versions().answered(question.version());
        askIfInDoubt(room);
    }

    /** The question was not answered, and is asked again. */
    synchronized void notAnswered(LocalRoom room) {
        room.versions().notAnswered();
        askIfInDoubt(room);
    }

    /** Returns a live view of the rooms that are here. */
    Collection<LocalRoom> all() {
        return Collections.unmodifiableCollection(rooms.values());
    }

    /** Returns how many rooms have connections here, or are about to. */
    public int count() {
        return rooms.size();
    }

    /** Returns how many visits there are: connections, each as often as it is in a room. */
    public int visits() {
        return rooms.values().stream().mapToInt(LocalRoom::count).sum();
    }

    /** Returns the rooms that nobody is in any more, each to be taken by one who tells the services. */
    BlockingQueue<LocalRoom> vacated() {
        return vacated;
    }

    /** Returns the rooms of which something was missed, each to be taken by one who asks the services. */
    BlockingQueue<LocalRoom> doubted() {
        return doubted;
    }
}
