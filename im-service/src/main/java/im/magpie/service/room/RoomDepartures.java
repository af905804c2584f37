package im.magpie.service.room;

import im.magpie.common.user.UserKey;
import java.util.List;

/**
 * Lets users go for good: rooms forget them, and what they have said.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class RoomDepartures {

    private static final int ROWS_AT_ONCE = 100;
    private static final String BUSINESS_SYSTEM = "";

    private final RoomMapper rooms;
    private final RoomUserMapper users;
    private final RoomLedger ledger;
    private final RoomEvents events;
    private final RoomMemory memory;

    RoomDepartures(RoomMapper rooms, RoomUserMapper users, RoomLedger ledger, RoomEvents events, RoomMemory memory) {
        this.rooms = rooms;
        this.users = users;
        this.ledger = ledger;
        this.events = events;
        this.memory = memory;
    }

    /**
     * The rooms that a user owns are closed, and nobody's from then on; no room knows anything of him, or keeps what he has said. May be repeated.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when it has to be gone on with later
     */
    public void forget(UserKey user) {
        for (var owned = rooms.owned(user, ROWS_AT_ONCE); !owned.isEmpty(); owned = rooms.owned(user, ROWS_AT_ONCE)) {
            change(user, owned, RoomFounding.abandon(user.userId()));
        }
        for (var known = users.rooms(user, ROWS_AT_ONCE); !known.isEmpty(); known = users.rooms(user, ROWS_AT_ONCE)) {
            change(user, known, RoomStaff.forget(user.userId()));
        }
        memory.erase(user);
    }

    private void change(UserKey user, List<String> roomIds, RoomLedger.Operation operation) {
        roomIds.forEach(roomId ->
                events.tell(BUSINESS_SYSTEM, ledger.change(new RoomKey(user.appId(), roomId), operation)));
    }
}
