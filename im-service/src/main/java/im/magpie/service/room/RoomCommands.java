package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ReadRoom;
import im.magpie.codec.protocol.RoomPage;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.codec.protocol.RoomRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;

/**
 * Does what is asked for of rooms, for users and for business systems. What changes a room is answered when it is committed and nobody goes by what was before any
 * more. Everything may be repeated: what is so already is answered as if it had just been done.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class RoomCommands {

    private final RoomFounding founding;
    private final RoomStaff staff;
    private final RoomLedger ledger;
    private final RoomEvents events;
    private final RoomLists lists;
    private final RoomMemory memory;

    RoomCommands(
            RoomFounding founding,
            RoomStaff staff,
            RoomLedger ledger,
            RoomEvents events,
            RoomLists lists,
            RoomMemory memory) {
        this.founding = founding;
        this.staff = staff;
        this.ledger = ledger;
        this.events = events;
        this.lists = lists;
        this.memory = memory;
    }

    /**
     * Does one operation, but for those of connections: to enter, and to leave.
     *
     * @throws MagpieException with what is wrong with it, or UNAVAILABLE: then it may have been done, and may be repeated
     */
    RoomReply reply(Actor actor, RoomRequest request) {
        return switch (request.getOperationCase()) {
            case CREATE -> room(actor, founding.create(actor, request.getRoomId(), request.getCreate()));
            case CHANGE -> room(actor, done(actor, request, founding.change(actor, request.getChange())));
            case CLOSE -> room(actor, done(actor, request, RoomFounding.close(actor)));
            case GET -> room(actor, lists.require(RoomRules.key(actor, request.getRoomId())));
            case USER -> user(actor, request);
            case READ ->
                RoomReply.newBuilder()
                        .setPage(read(actor, RoomRules.key(actor, request.getRoomId()), request.getRead()))
                        .build();
            case USERS ->
                RoomReply.newBuilder()
                        .setUsers(lists.users(actor, RoomRules.key(actor, request.getRoomId()), request.getUsers()))
                        .build();
            case ENTER, LEAVE ->
                throw new MagpieException(ErrorCode.INVALID_REQUEST, "connections enter rooms and leave them");
            case OPERATION_NOT_SET ->
                throw new MagpieException(ErrorCode.INVALID_REQUEST, "the request names no operation");
        };
    }

    private RoomRow done(Actor actor, RoomRequest request, RoomLedger.Operation operation) {
        var done = ledger.change(RoomRules.key(actor, request.getRoomId()), operation);
        events.tell(actor.userId(), done);
        return done.row();
    }

    private RoomReply room(Actor actor, RoomRow row) {
        return RoomReply.newBuilder().setRoom(lists.room(actor, row)).build();
    }

    private RoomReply user(Actor actor, RoomRequest request) {
        var change = request.getUser();
        var row = done(actor, request, staff.change(actor, change));
        return RoomReply.newBuilder()
                .setUser(lists.user(row.key(), change.getUserId()).toProtocol())
                .build();
    }

    /** Whoever is not banned reads; also what was said in a room that is closed. */
    private RoomPage read(Actor actor, RoomKey key, ReadRoom asked) {
        lists.require(key);
        if (!actor.isBusinessSystem() && lists.user(key, actor.userId()).bannedUntil() > 0) {
            throw new MagpieException(ErrorCode.BANNED, actor.userId() + " is banned from this room");
        }
        return memory.read(key, asked);
    }
}
