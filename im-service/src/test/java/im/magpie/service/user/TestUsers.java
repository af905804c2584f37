package im.magpie.service.user;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Users in the test database, with what is published when they change. */
public final class TestUsers {

    /** How long states are believed. */
    public static final Duration TTL = Duration.ofSeconds(2);

    /** How long they stand after that while the database is away. */
    public static final Duration STANDING = Duration.ofMinutes(1);

    private static final CacheProperties CACHE = new CacheProperties(TTL, STANDING, 1_000);

    private final List<Object> events = new ArrayList<>();
    private final UserMapper table;
    private final UserStates states;
    private final Users users;

    public TestUsers(TestDatabase database, Ticker ticker) {
        this(database, new Database(database.dataSource()), ticker);
    }

    /** Users of which a database is asked that others ask too. */
    public TestUsers(TestDatabase database, Database asked, Ticker ticker) {
        this.table = database.mapper(UserMapper.class);
        this.states = new UserStates(table, asked, CACHE, ticker);
        this.users = new Users(table, states, events::add);
    }

    public UserStates states() {
        return states;
    }

    public Users users() {
        return users;
    }

    /** Returns what has been published so far. */
    public List<Object> events() {
        return events;
    }

    /** Imports users. */
    public void add(UserKey... keys) {
        for (var key : keys) {
            users.put(key, new UserChange(key.userId(), null, null));
        }
    }

    public void disable(UserKey key) {
        users.change(key, new UserChange(null, null, true));
    }

    /** Disables a user behind this process' back, as another instance does. */
    public void disableElsewhere(UserKey key) {
        table.change(key, new UserChange(null, null, true));
    }
}
