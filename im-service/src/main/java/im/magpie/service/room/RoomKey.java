package im.magpie.service.room;

import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.RoomName;
import im.magpie.common.user.UserKey;
import im.magpie.service.epoch.Partition;

/** A room of an app. */
record RoomKey(String appId, String roomId) {

    private static final String NAME = "room_";

    static RoomKey of(RoomName name) {
        return new RoomKey(name.getAppId(), name.getRoomId());
    }

    UserKey user(String userId) {
        return new UserKey(appId, userId);
    }

    /** Returns the number of the conversation partition that what is known of the room lives in, and whose store queue takes what it keeps. */
    int partition(Partitions partitions) {
        return partitions.ofConversation(appId, NAME + roomId);
    }

    Partition in(Partitions partitions) {
        return Partition.ofConversations(partition(partitions));
    }

    @Override
    public String toString() {
        return appId + "/" + roomId;
    }
}
