package im.magpie.service.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.MentionPolicy;
import im.magpie.service.cache.Database;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.membership.RosterMapper.GroupState;
import im.magpie.service.membership.RosterMapper.Rank;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * What senders are in groups, to check their messages against. It may be that of an older version: accept refuses what was checked against that, and then
 * {@link #outdated} has to be told.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link DataAccessException} when the database has to be asked and does not answer.
 */
public final class Standings {

    private static final int MOST_GROUPS = 100_000;
    private static final int MOST_RANKS = 500_000;

    private final RosterMapper mapper;
    private final Database database;
    private final Cache<GroupKey, GroupState> groups =
            Caffeine.newBuilder().maximumSize(MOST_GROUPS).build();
    private final Cache<Asked, Optional<Rank>> ranks =
            Caffeine.newBuilder().maximumSize(MOST_RANKS).build();

    private record Asked(GroupKey group, String userId, long version) {}

    public Standings(RosterMapper mapper, Database database) {
        this.mapper = mapper;
        this.database = database;
    }

    /** Returns what a user is in a group; null when there is no such group. */
    public @Nullable Standing of(GroupKey group, String userId) {
        var state = groups.get(group, asked -> database.ask(() -> mapper.group(asked)));
        if (state == null) {
            return null;
        }
        var rank = ranks.get(
                new Asked(group, userId, state.version()),
                asked -> Optional.ofNullable(database.ask(() -> mapper.rank(group, userId, asked.version()))));
        return new Standing(
                state.version(),
                state.muted(),
                state.dissolved(),
                state.mentionPolicy() == MentionPolicy.EVERYBODY_MENTIONS_ALL_VALUE,
                rank.map(known -> GroupRole.forNumber(known.role())).orElse(null),
                rank.map(Rank::mutedUntil).orElse(0L));
    }

    /** The same, of a version of the group that is not older than this one. */
    public @Nullable Standing of(GroupKey group, String userId, long version) {
        var known = of(group, userId);
        if (known != null && known.version() >= version) {
            return known;
        }
        groups.invalidate(group);
        return of(group, userId);
    }

    /** The same, at the version that is committed now. */
    public @Nullable Standing now(GroupKey group, String userId) {
        var state = database.ask(() -> mapper.group(group));
        if (state == null) {
            return null;
        }
        groups.put(group, state);
        return of(group, userId);
    }

    /** A conversation's shape is not what was known of it. */
    public void outdated(ConversationKey conversation) {
        GroupKey.find(conversation).ifPresent(groups::invalidate);
    }
}
