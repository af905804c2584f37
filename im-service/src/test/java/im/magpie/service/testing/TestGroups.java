package im.magpie.service.testing;

import im.magpie.common.rpc.MessageHistory;
import im.magpie.service.cache.Database;
import im.magpie.service.change.GroupRanks;
import im.magpie.service.membership.Audiences;
import im.magpie.service.membership.EventPlaces;
import im.magpie.service.membership.Extents;
import im.magpie.service.membership.RosterMapper;
import im.magpie.service.membership.Rosters;
import im.magpie.service.membership.Standings;
import im.magpie.service.membership.StoredEvents;
import im.magpie.service.membership.UserGroups;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import javax.sql.DataSource;

/** Who is in which group: over a real database, or where there are none. */
public record TestGroups(RosterMapper mapper, Database database) {

    /** Groups as a database has them. */
    public static TestGroups in(TestDatabase database) {
        return in(database, new Database(database.dataSource()));
    }

    /** The same, with somebody who knows whether that answers. */
    public static TestGroups in(TestDatabase database, Database asked) {
        return new TestGroups(database.mapper(RosterMapper.class), asked);
    }

    /** Returns what private chats get along with. */
    public static TestGroups none() {
        return new TestGroups(nothing(RosterMapper.class), new Database(nothing(DataSource.class)));
    }

    private static <T> T nothing(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
            throw new AssertionError("nothing here reads " + method);
        }));
    }

    public Standings standings() {
        return new Standings(mapper, database);
    }

    public GroupRanks ranks() {
        return new GroupRanks(standings(), extents());
    }

    public Extents extents() {
        return new Extents(mapper, database);
    }

    public Rosters rosters() {
        return new Rosters(mapper, database);
    }

    public UserGroups userGroups() {
        return new UserGroups(mapper, database, new SimpleMeterRegistry());
    }

    public EventPlaces places() {
        return new EventPlaces(mapper, database);
    }

    public StoredEvents storedEvents(MessageHistory history) {
        return new StoredEvents(mapper, database, places(), history);
    }

    public Audiences audiences() {
        return new Audiences(rosters());
    }
}
