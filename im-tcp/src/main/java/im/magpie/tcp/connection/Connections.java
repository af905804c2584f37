package im.magpie.tcp.connection;

import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The connections that pushes may be for, by their ids. Safe for use by many threads. */
public final class Connections {

    private final ConcurrentMap<Long, Connection> byId = new ConcurrentHashMap<>();

    /** Makes a connection reachable until its channel closes. */
    public void add(Connection connection) {
        byId.put(connection.id(), connection);
        connection.channel().closeFuture().addListener(_ -> byId.remove(connection.id()));
    }

    public @Nullable Connection find(long id) {
        return byId.get(id);
    }

    /** Returns a live view of them all. */
    public Collection<Connection> all() {
        return Collections.unmodifiableCollection(byId.values());
    }

    public int count() {
        return byId.size();
    }
}
