package im.magpie.service.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * The groups that users are in and of which their indexes say nothing. What a user's list was once is right until an event changes it: that raises his
 * index and notes there that it did, in the same step, and so whoever reads the index knows whether to ask the database again. While that is away, the last
 * list stands.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class UserGroups {

    private static final Logger log = LoggerFactory.getLogger(UserGroups.class);
    private static final int MOST_USERS = 200_000;

    private final RosterMapper mapper;
    private final Database database;
    private final Counter questions;
    private final Cache<UserKey, Kept> kept =
            Caffeine.newBuilder().maximumSize(MOST_USERS).build();

    /**
     * A group, and a version of it at which the user was in it.
     *
     * @param conversationId of the group
     */
    public record Stay(String conversationId, long version) {}

    /**
     * The groups of a user.
     *
     * @param whole false where the database did not answer and the list may have changed
     */
    public record Known(List<Stay> groups, boolean whole) {}

    /** @param moved as of which the list was read */
    private record Kept(List<Stay> groups, long epoch, long moved) {}

    public UserGroups(RosterMapper mapper, Database database, MeterRegistry registry) {
        this.mapper = mapper;
        this.database = database;
        this.questions = Counter.builder("magpie.service.user.groups.questions")
                .description(
                        "Times that the database was asked which groups a user is in, because that had changed or was"
                                + " not known")
                .baseUnit("questions")
                .register(registry);
    }

    /**
     * Returns the list of a user.
     *
     * @param version of the user's index, as it was read just before this
     * @param moved since when it says that the list is the same
     */
    public Known of(UserKey user, IndexVersion version, long moved) {
        var last = kept.getIfPresent(user);
        if (last != null && last.epoch() == version.getEpoch() && last.moved() == moved) {
            return new Known(last.groups(), true);
        }
        try {
            questions.increment();
            var groups = database.ask(() -> mapper.unindexedGroups(user)).stream()
                    .map(group ->
                            new Stay(new GroupKey(user.appId(), group.groupId()).conversationId(), group.version()))
                    .toList();
            kept.put(user, new Kept(groups, version.getEpoch(), moved));
            return new Known(groups, true);
        } catch (DataAccessException e) {
            log.debug("The groups of {} are what they were last", user, e);
            return new Known(last == null ? List.of() : last.groups(), false);
        }
    }
}
