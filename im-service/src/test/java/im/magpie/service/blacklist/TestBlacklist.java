package im.magpie.service.blacklist;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.user.TestUsers;
import java.time.Duration;

/** A blacklist in the test database. */
public final class TestBlacklist {

    /** How long its answers are believed. */
    public static final Duration TTL = Duration.ofSeconds(2);

    /** How many others a user may block. */
    public static final int MAX_ENTRIES = 3;

    public static Blacklist in(TestDatabase database, Ticker ticker) {
        return in(database, new Database(database.dataSource()), ticker);
    }

    /** The same, where the database is asked by others too. */
    public static Blacklist in(TestDatabase database, Database asked, Ticker ticker) {
        return new Blacklist(
                database.mapper(BlacklistMapper.class),
                asked,
                new BlacklistProperties(MAX_ENTRIES),
                new CacheProperties(TTL, TestUsers.STANDING, 1_000),
                ticker);
    }

    private TestBlacklist() {}
}
