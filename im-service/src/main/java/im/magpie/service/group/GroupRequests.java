package im.magpie.service.group;

import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupRole;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.JoinRequestPage;
import im.magpie.codec.protocol.JoinRequestState;
import im.magpie.codec.protocol.ListJoinRequests;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.push.Push;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;

/** Who asks to be let into groups. Blocks; safe for use by many threads. */
final class GroupRequests {

    private static final Logger log = LoggerFactory.getLogger(GroupRequests.class);
    /** Of a group with more admins, some hear of requests when their devices ask for the group. */
    private static final int MOST_ADMINS = 1_000;
    /** How long somebody finds that he was turned away. */
    private static final Duration KEPT = Duration.ofDays(30);

    private static final int ROWS_AT_ONCE = 10_000;

    private final GroupTables tables;
    private final UserIndexes indexes;
    private final PushPublisher pushes;
    private final Supplier<GroupSettings> settings;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    GroupRequests(
            GroupTables tables,
            UserIndexes indexes,
            PushPublisher pushes,
            Supplier<GroupSettings> settings,
            LongSupplier clock) {
        this.tables = tables;
        this.indexes = indexes;
        this.pushes = pushes;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Somebody asks to be let in, instead of what he has asked before.
     *
     * @return what is to be told of it; null where he waits already
     * @throws MagpieException GROUP_DISSOLVED, FORBIDDEN where nobody is let in, GROUP_FULL where too many ask
     */
    @Nullable
    JoinRequest put(GroupDraft draft, String userId, String message) {
        draft.requireLiving();
        if (draft.group().getJoinPolicy() != JoinPolicy.APPROVAL) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "nobody joins this group by himself");
        }
        var waits = tables.requests().find(draft.key(), userId) != null;
        var most = settings.get().maxRequests();
        if (!waits && tables.requests().count(draft.key()) >= most) {
            throw new MagpieException(ErrorCode.GROUP_FULL, "%d ask to be let in already".formatted(most));
        }
        var row = new GroupRequestMapper.Row(userId, message, draft.now());
        tables.requests().put(draft.key(), row);
        return waits ? null : request(draft.key(), row, JoinRequestState.ASKED);
    }

    /**
     * Somebody who waits is let in, who has to come in then, or turned away.
     *
     * @return what is to be told of it; null where he does not wait
     */
    @Nullable
    JoinRequest decide(GroupDraft draft, String userId, boolean letIn) {
        var row = tables.requests().find(draft.key(), userId);
        if (row == null) {
            return null;
        }
        if (letIn) {
            tables.requests().delete(draft.key(), List.of(userId));
        } else {
            tables.requests().turnAway(draft.key(), userId, draft.now());
        }
        return request(draft.key(), row, letIn ? JoinRequestState.LET_IN : JoinRequestState.TURNED_AWAY);
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
        var limit = Rules.limit(asked.getLimit());
        var rows = tables.requests().page(group, asked.getAfter(), limit + 1);
        return JoinRequestPage.newBuilder()
                .addAllRequests(rows.stream()
                        .limit(limit)
                        .map(row -> request(group, row, JoinRequestState.ASKED))
                        .toList())
                .setMore(rows.size() > limit)
                .build();
    }

    /** Returns what somebody has asked for himself, in the order of the groups. */
    JoinRequestPage own(Actor actor, ListJoinRequests asked) {
        Rules.requireUserId(actor.userId());
        var user = actor.user();
        var limit = Rules.limit(asked.getLimit());
        var rows = tables.requests().ofUser(user, asked.getAfter(), limit + 1);
        return JoinRequestPage.newBuilder()
                .addAllRequests(rows.stream()
                        .limit(limit)
                        .map(row -> request(user, row))
                        .toList())
                .setMore(rows.size() > limit)
                .build();
    }

    private static JoinRequest request(UserKey user, GroupRecords.Request row) {
        return request(
                new GroupKey(user.appId(), row.groupId()),
                new GroupRequestMapper.Row(user.userId(), row.message(), row.requestedAt()),
                row.turnedAway() ? JoinRequestState.TURNED_AWAY : JoinRequestState.ASKED);
    }

    private static JoinRequest request(GroupKey group, GroupRequestMapper.Row row, JoinRequestState state) {
        return JoinRequest.newBuilder()
                .setGroupId(group.groupId())
                .setUserId(row.userId())
                .setMessage(row.message())
                .setTime(row.requestedAt())
                .setState(state)
                .build();
    }

    /**
     * Tells the admins' devices, and those of who asks, what has become of a request. Admins who are offline find that there are others than before with their next
     * SYNC. What fails here is told by whatever comes next: it takes nothing back.
     */
    void tell(GroupKey group, JoinRequest request) {
        try {
            var admins = tables.members().ranking(group, GroupRole.ADMIN.getNumber(), MOST_ADMINS);
            var routes = new HashMap<>(indexes.routes(List.of(group.user(request.getUserId()))));
            routes.putAll(indexes.raise(admins.stream()
                    .map(userId -> new Touch(group.user(userId), group.conversationId()))
                    .toList()));
            var devices = routes.values().stream().flatMap(List::stream).toList();
            if (!devices.isEmpty()) {
                pushes.publish(List.of(Push.unacknowledged(Command.JOIN_REQUEST, request.toByteString(), devices)));
            }
        } catch (MagpieException | DataAccessException e) {
            log.debug("It is heard later in {} who asks to be let in", group, e);
        }
    }

    /** Forgets whom somebody has turned away long ago, within a bound: the rest is for the next time. */
    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.MINUTES)
    void tidy() {
        try {
            var deleted = tables.requests().deleteTurnedAway(clock.getAsLong() - KEPT.toMillis(), ROWS_AT_ONCE);
            log.debug("{} requests were forgotten", deleted);
        } catch (MagpieException | DataAccessException e) {
            log.debug("Requests are forgotten later", e);
        }
    }
}
