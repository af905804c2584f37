package im.magpie.tcp.room;

import im.magpie.tcp.connection.Connection;

/** One connection's stay in a room, from its asking to enter on. What changes of it belongs to the index. */
final class Visit {

    private final Connection connection;
    private final LocalRoom room;
    private final String userId;
    private volatile long version;
    private boolean ended;

    Visit(Connection connection, LocalRoom room) {
        this.connection = connection;
        this.room = room;
        this.userId = connection.requireSession().getUserId();
    }

    Connection connection() {
        return connection;
    }

    LocalRoom room() {
        return room;
    }

    String userId() {
        return userId;
    }

    /** Returns which version the room had when the services let the user in. */
    long version() {
        return version;
    }

    void enteredAt(long roomVersion) {
        version = Math.max(version, roomVersion);
    }

    /** It is over, even if it has not begun. */
    void end() {
        ended = true;
    }

    boolean ended() {
        return ended;
    }
}
