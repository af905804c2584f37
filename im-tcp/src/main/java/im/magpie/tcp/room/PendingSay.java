package im.magpie.tcp.room;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.RoomSendItem;
import im.magpie.common.rpc.RoomSendOutcome;
import im.magpie.tcp.connection.Answers;
import im.magpie.tcp.connection.Connection;

/**
 * A ROOM_SEND that waits for its answer.
 *
 * @param since a {@link System#nanoTime}
 */
record PendingSay(Connection connection, Request.RoomSend request, RoomName room, long since) {

    RoomSendItem item() {
        return RoomSendItem.newBuilder()
                .setRoom(room.toRpc())
                .setSenderId(connection.requireSession().getUserId())
                .setRequest(request.body())
                .build();
    }

    int size() {
        return request.body().getSerializedSize();
    }

    void answer(RoomSendOutcome outcome, RoomMeters meters) {
        if (outcome.getError() == ErrorCode.OK) {
            meters.answered(ErrorCode.OK, since);
            connection.write(new Reply.RoomSendOk(request.requestId(), outcome.getReply()));
        } else {
            refuse(outcome.getError(), outcome.getErrorMessage(), outcome.getRetryAfterMs(), meters);
        }
    }

    void refuse(ErrorCode code, String message, int retryAfterMillis, RoomMeters meters) {
        meters.answered(code, since);
        connection.write(
                retryAfterMillis > 0
                        ? Failure.of(request, code, message, retryAfterMillis)
                        : Answers.failure(request, code, message));
    }
}
