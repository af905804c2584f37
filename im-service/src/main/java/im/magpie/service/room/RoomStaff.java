package im.magpie.service.room;

import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What single users may do in a room. Blocks; safe for use by many threads. */
final class RoomStaff {

    /** An answer that does not come is waited for no longer before something is asked for again. */
    private static final Duration REPEATED_WITHIN = Duration.ofMinutes(1);

    private final UserStates users;
    private final Supplier<RoomSettings> settings;

    RoomStaff(UserStates users, Supplier<RoomSettings> settings) {
        this.users = users;
        this.settings = settings;
    }

    /** The owner appoints moderators; moderators mute and ban those who are none. Who becomes a moderator is neither muted nor banned any more. */
    RoomLedger.Operation change(Actor actor, ChangeRoomUser change) {
        RoomRules.requireChange(change);
        return draft -> {
            var rights = draft.rightsOf(actor);
            rights.requireModerator();
            if (change.hasModerator()) {
                rights.requireOwner();
            }
            draft.requireOpen();
            var before = draft.user(change.getUserId());
            var after = after(change, before, draft.now());
            requireInOrder(change, draft, after);
            if (after.equals(before)) {
                return null;
            }
            requirePlace(draft, before, after);
            draft.put(after);
            return RoomEvent.newBuilder().setUser(after.toProtocol()).build();
        };
    }

    private static RoomUserRow after(ChangeRoomUser change, RoomUserRow before, long now) {
        var after = before;
        if (change.hasModerator()) {
            after = after.moderating(change.getModerator());
            after = change.getModerator() ? after.mutedUntil(0).bannedUntil(0) : after;
        }
        if (change.hasMuteSeconds()) {
            after = after.mutedUntil(until(change.getMuteSeconds(), now, before.mutedUntil()));
        }
        if (change.hasBanSeconds()) {
            after = after.bannedUntil(until(change.getBanSeconds(), now, before.bannedUntil()));
        }
        return after;
    }

    /** What is asked for again, because its answer was lost, ends when it would have; what is asked for later ends later. */
    private static long until(long seconds, long now, long before) {
        if (seconds == 0) {
            return 0;
        }
        var until = now + seconds * 1_000;
        var later = until - before;
        var repeated = later > 0 && later <= Math.min(REPEATED_WITHIN.toMillis(), (until - now) / 2);
        return before > 0 && repeated ? before : until;
    }

    private static void requireInOrder(ChangeRoomUser change, RoomDraft draft, RoomUserRow after) {
        if (change.getUserId().equals(draft.room().getOwnerId())) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "the room's owner is what he is");
        }
        if (after.moderator() && (after.mutedUntil() > 0 || after.bannedUntil() > 0)) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "moderators are neither muted nor banned");
        }
    }

    private void requirePlace(RoomDraft draft, RoomUserRow before, RoomUserRow after) {
        if (before.holdsUntil() > 0 || after.holdsUntil() == 0) {
            return;
        }
        var user = draft.key().user(after.userId());
        if (users.now(List.of(user)).getOrDefault(user, UserState.UNKNOWN) == UserState.UNKNOWN) {
            throw new MagpieException(ErrorCode.RECIPIENT_UNKNOWN, "there is no user " + after.userId());
        }
        var most = settings.get().maxUsers();
        if (draft.users() >= most) {
            throw new MagpieException(
                    ErrorCode.FORBIDDEN,
                    "at most %d users moderate a room, are muted or are banned in it".formatted(most));
        }
    }

    /** The room knows nothing of a user any more. */
    static RoomLedger.Operation forget(String userId) {
        return draft -> {
            var before = draft.user(userId);
            draft.put(RoomUserRow.nothing(userId));
            return before.holdsUntil() == 0
                    ? null
                    : RoomEvent.newBuilder()
                            .setUser(RoomUserRow.nothing(userId).toProtocol())
                            .build();
        };
    }
}
