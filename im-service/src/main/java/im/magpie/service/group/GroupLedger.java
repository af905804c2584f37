package im.magpie.service.group;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Group;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.error.MagpieException;
import im.magpie.service.membership.GroupKey;
import im.magpie.service.membership.Reach;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Commits what happens to groups: one operation on a group at a time, each with the event that tells of it, in one transaction.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
final class GroupLedger {

    private final GroupTables tables;
    private final TransactionOperations transactions;
    private final Supplier<GroupSettings> settings;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    GroupLedger(
            GroupTables tables,
            TransactionOperations transactions,
            Supplier<GroupSettings> settings,
            LongSupplier clock) {
        this.tables = tables;
        this.transactions = transactions;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Whose an operation is.
     *
     * @param senderId empty for the business system
     * @param requestId 16 bytes by which it is known among his, or empty
     */
    record Request(String senderId, ByteString requestId) {

        /** An operation that is not known by anything. */
        static Request of(String senderId) {
            return new Request(senderId, ByteString.EMPTY);
        }
    }

    /** Something that is done to a group. */
    @FunctionalInterface
    interface Operation {

        /**
         * Changes the group, its members or both.
         *
         * @return what to tell of it; null when there was nothing to do
         * @throws MagpieException when it may not be done: then nothing is
         */
        GroupEvent.@Nullable Builder on(GroupDraft draft);
    }

    /**
     * Makes a group.
     *
     * @param group with its version 0 and without members
     * @param first takes the first members in
     * @return the group, or null when there is one of this id already
     */
    @Nullable
    Group create(GroupKey key, Request request, Group group, Operation first) {
        return transactions.execute(_ -> tables.groups().insert(GroupRow.of(key, group, Reach.INDEXED))
                ? done(key, request, group, Reach.INDEXED, first)
                : null);
    }

    /**
     * Does something to a group, unless the same request has done it before. Of a dissolved one it may find that there is nothing to do.
     *
     * @return the group then
     * @throws MagpieException NOT_FOUND when there is no such group; GROUP_DISSOLVED; what the operation throws
     */
    Group change(GroupKey key, Request request, Operation operation) {
        var changed = transactions.execute(_ -> {
            var row = tables.groups().lock(key);
            if (row == null) {
                throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such group");
            }
            return isDone(key, request)
                    ? row.toGroup()
                    : done(key, request, row.toGroup(), Reach.of(row.reach()), operation);
        });
        return Objects.requireNonNull(changed);
    }

    /** Returns whether a request has changed a group already. */
    boolean isDone(GroupKey key, Request request) {
        return !request.requestId().isEmpty() && tables.changes().isDone(key, request.senderId(), request.requestId());
    }

    private Group done(GroupKey key, Request request, Group before, Reach reach, Operation operation) {
        var now = clock.getAsLong();
        var draft = new GroupDraft(key, before, tables, now);
        var event = operation.on(draft);
        if (event == null) {
            return before;
        }
        if (before.getDissolved()) {
            throw GroupDraft.dissolved();
        }
        var after = draft.group().build();
        var nextReach = settings.get().bounds().of(after.getMemberCount(), reach);
        tables.groups().update(GroupRow.of(key, after, nextReach));
        var content = MessageContent.newBuilder()
                .setGroupEvent(event.setVersion(after.getVersion()).setRequestId(request.requestId()))
                .build();
        tables.changes()
                .insert(new ChangeRow(
                        key.appId(),
                        key.groupId(),
                        after.getVersion(),
                        ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(() -> now))),
                        request.senderId(),
                        request.requestId(),
                        content.toByteString(),
                        nextReach.number(),
                        now));
        return after;
    }
}
