package im.magpie.service.blacklist;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.CacheProperties;
import im.magpie.service.cache.Database;
import im.magpie.service.cache.RecentlyTrue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Who blocks whom. Safe for use by many threads. */
@Component
@EnableConfigurationProperties(BlacklistProperties.class)
public final class Blacklist {

    /** How many pairs one statement asks for. */
    private static final int CHUNK = 500;

    private final BlacklistMapper blacklist;
    private final Database database;
    private final BlacklistProperties properties;
    private final RecentlyTrue<Block> absent;

    Blacklist(
            BlacklistMapper blacklist,
            Database database,
            BlacklistProperties properties,
            CacheProperties cache,
            Ticker ticker) {
        this.blacklist = blacklist;
        this.database = database;
        this.properties = properties;
        this.absent = new RecentlyTrue<>(cache.ttl(), cache.standing(), cache.maxEntries(), ticker);
    }

    /**
     * Blocks somebody. May be repeated.
     *
     * @throws MagpieException INVALID_REQUEST when the list is full or somebody would block himself
     */
    public void add(Block block) {
        var user = block.user();
        if (user.userId().equals(block.blockedId())) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "nobody blocks himself");
        }
        if (blacklist.countOthers(user.appId(), user.userId(), block.blockedId()) >= properties.maxEntries()) {
            throw new MagpieException(
                    ErrorCode.INVALID_REQUEST, "a blacklist holds at most " + properties.maxEntries() + " users");
        }
        blacklist.insert(block);
        absent.forget(block);
    }

    /** Ends a block, where there is one. */
    public void remove(Block block) {
        blacklist.delete(block);
    }

    /** Returns up to limit users whom this one blocks, in the order of their ids, from the first one behind {@code after}. */
    public List<String> list(UserKey user, String after, int limit) {
        return blacklist.list(user, after, limit);
    }

    /**
     * Returns those of the blocks that are there, or were a moment ago. What was no block when the database was asked last is none until it
     * answers again.
     *
     * @throws DataAccessException when the database does not answer, and was not asked for one of them before or said that it is there
     */
    public Set<Block> among(Collection<Block> asked) {
        var unsure = asked.stream()
                .filter(block -> !absent.contains(block))
                .distinct()
                .toList();
        try {
            return ask(unsure);
        } catch (DataAccessException e) {
            absent.stand(unsure, e);
            return Set.of();
        }
    }

    private Set<Block> ask(List<Block> unsure) {
        Set<Block> there = new HashSet<>();
        var mark = absent.mark();
        for (var from = 0; from < unsure.size(); from += CHUNK) {
            var chunk = unsure.subList(from, Math.min(from + CHUNK, unsure.size()));
            for (var row : database.ask(() -> blacklist.among(chunk))) {
                there.add(new Block(new UserKey(row.appId(), row.userId()), row.blockedId()));
            }
        }
        absent.remember(unsure.stream().filter(block -> !there.contains(block)).toList(), mark);
        return there;
    }
}
