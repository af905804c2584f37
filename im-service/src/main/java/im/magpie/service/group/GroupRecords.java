package im.magpie.service.group;

import im.magpie.codec.protocol.GroupPage;
import im.magpie.codec.protocol.ListGroups;
import im.magpie.common.user.UserKey;
import im.magpie.service.request.Actor;
import java.util.List;

/**
 * What is kept of users in groups, a page at a time.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class GroupRecords {

    private static final int REQUESTS_AT_ONCE = 500;

    private final GroupTables tables;
    private final GroupLists lists;

    GroupRecords(GroupTables tables) {
        this.tables = tables;
        this.lists = new GroupLists(tables.groups(), tables.members());
    }

    /** Returns groups that a user is in, with what he is in them, from behind an id on. */
    public GroupPage groups(UserKey user, String after) {
        return lists.groups(
                Actor.of(user), ListGroups.newBuilder().setAfter(after).build());
    }

    /**
     * That somebody asks to be let into a group.
     *
     * @param requestedAt unix milliseconds
     * @param turnedAway whether he was told that he is not
     */
    public record Request(String groupId, String message, long requestedAt, boolean turnedAway) {}

    /** Returns where a user asks to be let in, from behind a group's id on; nothing when there is no more. */
    public List<Request> requests(UserKey user, String after) {
        return tables.requests().ofUser(user, after, REQUESTS_AT_ONCE);
    }
}
