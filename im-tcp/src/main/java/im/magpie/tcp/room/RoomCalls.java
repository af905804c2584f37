package im.magpie.tcp.room;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomReply;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.RoomCall;
import im.magpie.common.rpc.RoomOutcome;
import im.magpie.common.rpc.Rooms;
import im.magpie.tcp.connection.Answers;
import im.magpie.tcp.connection.Connection;
import java.util.function.Supplier;

/**
 * Answers ROOM: who enters does so when the services have let him, who leaves does so here, and all else is what the services say. Workers of their own. Safe for
 * use by many threads.
 */
public final class RoomCalls implements AutoCloseable {

    private final RoomWorkSettings settings;
    private final Rooms rooms;
    private final RoomIndex index;
    private final Answers answers;

    public RoomCalls(RoomWorkSettings settings, Rooms rooms, RoomIndex index) {
        this.settings = settings;
        this.rooms = rooms;
        this.index = index;
        this.answers = new Answers("rooms", settings.workers());
    }

    /** Answers a ROOM; never blocks. */
    public void call(Connection connection, Request.Room request) {
        switch (request.body().getOperationCase()) {
            case ENTER -> answers.giveInTurn(connection, request, () -> entered(connection, request));
            case LEAVE -> {
                index.leave(connection, name(connection, request));
                connection.write(new Reply.RoomOk(request.requestId(), RoomReply.getDefaultInstance()));
            }
            case CREATE, CHANGE, CLOSE, GET, USER, READ, USERS ->
                answers.give(connection, request, () -> called(connection, request));
            case OPERATION_NOT_SET ->
                connection.write(Failure.of(request, ErrorCode.INVALID_REQUEST, "no operation that is known here"));
        }
    }

    private static RoomName name(Connection connection, Request.Room request) {
        return new RoomName(
                connection.requireSession().getAppId(), request.body().getRoomId());
    }

    private Reply called(Connection connection, Request.Room request) {
        return reply(request, rooms.call(roomCall(connection, request).build()));
    }

    private static RoomCall.Builder roomCall(Connection connection, Request.Room request) {
        return RoomCall.newBuilder().setSession(connection.requireSession()).setRequest(request.body());
    }

    private static Reply reply(Request.Room request, RoomOutcome outcome) {
        if (outcome.getError() == ErrorCode.OK) {
            return new Reply.RoomOk(request.requestId(), outcome.getReply());
        }
        return outcome.getRetryAfterMs() > 0
                ? Failure.of(request, outcome.getError(), outcome.getErrorMessage(), outcome.getRetryAfterMs())
                : Answers.failure(request, outcome.getError(), outcome.getErrorMessage());
    }

    /** Returns what makes the reply, and before it has the connection in the room: so it is told what is said from the reply on. */
    private Supplier<Reply> entered(Connection connection, Request.Room request) {
        var name = name(connection, request);
        if (!Identifiers.isRoomId(name.roomId())) {
            return () -> Failure.of(request, ErrorCode.INVALID_REQUEST, "not a room's id");
        }
        try {
            return entered(request, index.begin(connection, name));
        } catch (MagpieException e) {
            return () -> Failure.of(request, e.code(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the node stops", e);
        }
    }

    private Supplier<Reply> entered(Request.Room request, Visit visit) {
        RoomOutcome outcome;
        try {
            outcome = rooms.call(roomCall(visit.connection(), request)
                    .setLeaseMs(settings.lease().toMillis())
                    .build());
        } catch (RuntimeException e) {
            index.giveUp(visit);
            throw e;
        }
        if (outcome.getError() != ErrorCode.OK) {
            index.giveUp(visit);
            return () -> reply(request, outcome);
        }
        return () -> switch (index.enter(visit, outcome.getReply().getRoom().getVersion())) {
            case IN, LEFT -> reply(request, outcome);
            case CLOSED -> Failure.of(request, ErrorCode.ROOM_CLOSED, "the room was closed");
        };
    }

    @Override
    public void close() {
        answers.close();
    }
}
