package im.magpie.store.room;

import com.google.protobuf.ByteString;
import im.magpie.common.broker.SaidInRoom;

/**
 * A row of {@code room_message}.
 *
 * @param senderId empty for the business system
 * @param serverTime unix milliseconds, as {@code keepUntil}
 */
public record RoomMessageRow(
        String appId,
        String roomId,
        long run,
        long number,
        ByteString clientMessageId,
        String senderId,
        long serverTime,
        int priority,
        long keepUntil,
        ByteString content) {

    public static RoomMessageRow of(SaidInRoom said) {
        return new RoomMessageRow(
                said.getAppId(),
                said.getRoomId(),
                said.getRun(),
                said.getNumber(),
                said.getClientMessageId(),
                said.getSenderId(),
                said.getServerTime(),
                said.getPriority(),
                said.getKeepUntil(),
                said.getContent());
    }

    SaidInRoom said() {
        return SaidInRoom.newBuilder()
                .setAppId(appId)
                .setRoomId(roomId)
                .setRun(run)
                .setNumber(number)
                .setClientMessageId(clientMessageId)
                .setSenderId(senderId)
                .setServerTime(serverTime)
                .setPriority(priority)
                .setKeepUntil(keepUntil)
                .setContent(content)
                .build();
    }
}
