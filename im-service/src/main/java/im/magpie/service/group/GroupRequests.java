package im.magpie.service.group;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestPage;
import im.magpie.codec.protocol.ListJoinRequests;
import im.magpie.common.error.MagpieException;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.GroupKey;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who asks to be let into groups. Blocks; safe for use by many threads. */
final class GroupRequests {

    private static final Logger log = LoggerFactory.getLogger(GroupRequests.class);
    /** Of a group with more admins, some hear of requests when their devices ask for the group. */
    private static final int MOST_ADMINS = 1_000;

    private final GroupTables tables;
    private final UserIndexes indexes;
    private final Supplier<GroupSettings> settings;

    GroupRequests(GroupTables tables, UserIndexes indexes, Supplier<GroupSettings> settings) {
        this.tables = tables;
        this.indexes = indexes;
        this.settings = settings;
    }

    /**
     * Somebody asks to be let in, instead of what he has asked before.
     *
     * @throws MagpieException GROUP_DISSOLVED, FORBIDDEN where nobody is let in, GROUP_FULL where too many ask
     */
    void put(GroupDraft draft, String userId, String message) {
        draft.requireLiving();
        if (draft.group().getJoinPolicy() != JoinPolicy.APPROVAL) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "nobody joins this group by himself");
        }
        var most = settings.get().maxRequests();
        if (tables.requests().find(draft.key(), userId) == null
                && tables.requests().count(draft.key()) >= most) {
            throw new MagpieException(ErrorCode.GROUP_FULL, "%d ask to be let in already".formatted(most));
        }
        tables.requests().put(draft.key(), new GroupRequestMapper.Row(userId, message, draft.now()));
    }

    /** Takes somebody's request away, and returns whether there was one. */
    boolean take(GroupKey group, String userId) {
        return tables.requests().delete(group, List.of(userId)) > 0;
    }

    /**
     * Returns who asks, in the order of their ids.
     *
     * @throws MagpieException NOT_FOUND when there is no such group; NOT_A_PARTICIPANT or FORBIDDEN for who does not decide
     */
    JoinRequestPage list(Actor actor, GroupKey group, ListJoinRequests asked) {
        if (tables.groups().find(group) == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such group");
        }
        var member = actor.isBusinessSystem() ? null : tables.members().find(group, actor.userId());
        new GroupRights(actor.userId(), member).require(GroupRole.ADMIN);
        var limit = GroupRules.limit(asked.getLimit());
        var rows = tables.requests().page(group, asked.getAfter(), limit + 1);
        return JoinRequestPage.newBuilder()
                .addAllRequests(
                        rows.stream().limit(limit).map(GroupRequests::request).toList())
                .setMore(rows.size() > limit)
                .build();
    }

    private static JoinRequest request(GroupRequestMapper.Row row) {
        return JoinRequest.newBuilder()
                .setUserId(row.userId())
                .setMessage(row.message())
                .setTime(row.requestedAt())
                .build();
    }

    /**
     * Lets the admins' devices know that there are others than before: with their next heartbeat, and the SYNC that follows it. What fails here they learn
     * with whatever comes next: it takes nothing back.
     */
    void tellAdmins(GroupKey group) {
        try {
            var admins = tables.members().ranking(group, GroupRole.ADMIN.getNumber(), MOST_ADMINS);
            indexes.raise(admins.stream()
                    .map(userId -> new Touch(group.user(userId), group.conversationId()))
                    .toList());
        } catch (MagpieException e) {
            log.debug("The admins of {} hear later of who asks to be let in", group, e);
        }
    }
}
