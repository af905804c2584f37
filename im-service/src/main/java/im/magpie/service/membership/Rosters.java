package im.magpie.service.membership;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.cache.Database;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * How groups were at each of their versions. A version never changes, so what was read once is right for ever.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many. Throws {@link MagpieException} UNAVAILABLE when the database has to be asked and does not answer.
 */
public final class Rosters {

    private static final int IDS_PER_QUERY = 1_000;
    private static final int MOST_REACHES = 100_000;
    private static final int MOST_IDS = 2_000_000;

    private final RosterMapper mapper;
    private final Database database;
    private final Cache<Version, Reach> reaches =
            Caffeine.newBuilder().maximumSize(MOST_REACHES).build();
    private final Cache<Version, List<UserKey>> members = Caffeine.newBuilder()
            .maximumWeight(MOST_IDS)
            .<Version, List<UserKey>>weigher((_, users) -> 1 + users.size())
            .build();

    private record Version(GroupKey group, long number) {}

    public Rosters(RosterMapper mapper, Database database) {
        this.mapper = mapper;
        this.database = database;
    }

    /** Returns the reach of messages that have this shape; of version 0, before anything was, it is INDEXED. */
    public Reach reach(GroupKey group, long version) {
        if (version == 0) {
            return Reach.INDEXED;
        }
        return reaches.get(new Version(group, version), asked -> {
            var number = database.require(() -> mapper.reach(group, version));
            if (number == null) {
                throw new IllegalStateException("%s has no version %d".formatted(group, version));
            }
            return Reach.of(number);
        });
    }

    /** Returns all who were members at a version, in the order of their ids. For groups that are INDEXED: of others they are too many to be kept. */
    public List<UserKey> members(GroupKey group, long version) {
        return version == 0 ? List.of() : members.get(new Version(group, version), _ -> read(group, version));
    }

    /** Notes that the message at a place mentions everybody, for whoever asks later. May be repeated. */
    void mentionAll(GroupKey group, long sequence) {
        database.require(() -> {
            mapper.mentionAll(group, sequence);
            return true;
        });
    }

    /** Returns those of these users, at most 500, who were members at a version, in any order; of any group. */
    public List<String> among(GroupKey group, long version, Collection<String> userIds) {
        return userIds.isEmpty() || version == 0
                ? List.of()
                : database.require(() -> mapper.among(group, version, userIds));
    }

    private List<UserKey> read(GroupKey group, long version) {
        var users = new ArrayList<UserKey>();
        List<String> page;
        do {
            var after = users.isEmpty() ? "" : users.getLast().userId();
            page = database.require(() -> mapper.membersAt(group, version, after, IDS_PER_QUERY));
            page.forEach(userId -> users.add(group.user(userId)));
        } while (page.size() == IDS_PER_QUERY);
        return List.copyOf(users);
    }
}
