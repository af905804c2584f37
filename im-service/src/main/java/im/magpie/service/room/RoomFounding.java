package im.magpie.service.room;

import im.magpie.codec.id.RandomIds;
import im.magpie.codec.protocol.CreateRoom;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Room;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.codec.protocol.RoomEvent;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import im.magpie.service.user.UserState;
import im.magpie.service.user.UserStates;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Makes rooms, and does what their owners do with them. Blocks; safe for use by many threads. */
final class RoomFounding {

    private static final long FIRST_VERSION = 1;

    private final RoomMapper rooms;
    private final UserStates users;
    private final Supplier<RoomSettings> settings;
    private final LongSupplier clock;

    /** @param clock the server's, unix milliseconds */
    RoomFounding(RoomMapper rooms, UserStates users, Supplier<RoomSettings> settings, LongSupplier clock) {
        this.rooms = rooms;
        this.users = users;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Makes a room.
     *
     * @return the room; the one that is there already where it is the same owner's
     * @throws MagpieException FORBIDDEN when there is another room of this id, or where users may not make any (more); ROOM_CLOSED when the one that is there is;
     *     RECIPIENT_UNKNOWN or RECIPIENT_DISABLED when its owner can't have it
     */
    RoomRow create(Actor actor, String roomId, CreateRoom wanted) {
        RoomRules.requireName(wanted.getName());
        RoomRules.requireAnnouncement(wanted.getAnnouncement());
        RoomRules.requireKeepDays(wanted.getKeepDays(), settings.get().maxKeepDays());
        var key = RoomRules.key(actor, roomId.isEmpty() ? RandomIds.next() : roomId);
        var owner = actor.isBusinessSystem() ? wanted.getOwnerId() : actor.userId();
        var there = rooms.find(key);
        if (there != null) {
            return requireOwn(there, owner);
        }
        requireMayOwn(actor, owner);
        var row = row(key, owner, wanted);
        return rooms.insert(row) ? row : create(actor, roomId, wanted);
    }

    private static RoomRow requireOwn(RoomRow there, String owner) {
        if (!there.ownerId().equals(owner)) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "there is another room of this id");
        }
        if (there.closed()) {
            throw new MagpieException(ErrorCode.ROOM_CLOSED, "the room of this id is closed");
        }
        return there;
    }

    private void requireMayOwn(Actor actor, String ownerId) {
        if (!actor.isBusinessSystem() && !settings.get().usersCreate()) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "users make no rooms here");
        }
        if (ownerId.isEmpty()) {
            return;
        }
        Rules.requireUserId(ownerId);
        var owner = new UserKey(actor.appId(), ownerId);
        switch (users.now(List.of(owner)).getOrDefault(owner, UserState.UNKNOWN)) {
            case ENABLED -> {}
            case DISABLED -> throw new MagpieException(ErrorCode.RECIPIENT_DISABLED, ownerId + " is disabled");
            case UNKNOWN -> throw new MagpieException(ErrorCode.RECIPIENT_UNKNOWN, "there is no user " + ownerId);
        }
        var most = settings.get().maxRooms(actor.appId());
        if (rooms.countOpen(owner) >= most) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "a user owns at most %d open rooms".formatted(most));
        }
    }

    private RoomRow row(RoomKey key, String owner, CreateRoom wanted) {
        return new RoomRow(
                key.appId(),
                key.roomId(),
                wanted.getName(),
                wanted.getAnnouncement(),
                owner,
                false,
                wanted.getKeepDays(),
                false,
                FIRST_VERSION,
                clock.getAsLong());
    }

    RoomLedger.Operation change(Actor actor, RoomChange change) {
        RoomRules.requireChange(change, settings.get().maxKeepDays());
        return draft -> {
            draft.rightsOf(actor).requireOwner();
            draft.requireOpen();
            var before = draft.room().build();
            apply(change, draft.room());
            var after = draft.room().build();
            return after.equals(before)
                    ? null
                    : RoomEvent.newBuilder().setChanged(after).build();
        };
    }

    private static void apply(RoomChange change, Room.Builder room) {
        if (change.hasName()) {
            room.setName(change.getName());
        }
        if (change.hasAnnouncement()) {
            room.setAnnouncement(change.getAnnouncement());
        }
        if (change.hasMuted()) {
            room.setMuted(change.getMuted());
        }
        if (change.hasKeepDays()) {
            room.setKeepDays(change.getKeepDays());
        }
    }

    static RoomLedger.Operation close(Actor actor) {
        return draft -> {
            draft.rightsOf(actor).requireOwner();
            return draft.room().getClosed() ? null : closed(draft);
        };
    }

    /** Nobody owns the room any more, and nobody comes in. */
    static RoomLedger.Operation abandon(String ownerId) {
        return draft -> {
            if (!draft.room().getOwnerId().equals(ownerId)) {
                return null;
            }
            draft.room().setOwnerId("");
            return closed(draft);
        };
    }

    private static RoomEvent closed(RoomDraft draft) {
        return RoomEvent.newBuilder()
                .setClosed(draft.room().setClosed(true).build())
                .build();
    }
}
