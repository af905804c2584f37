package im.magpie.tcp.room;

/** A room of an app. */
public record RoomName(String appId, String roomId) {

    im.magpie.common.rpc.RoomName toRpc() {
        return im.magpie.common.rpc.RoomName.newBuilder()
                .setAppId(appId)
                .setRoomId(roomId)
                .build();
    }
}
