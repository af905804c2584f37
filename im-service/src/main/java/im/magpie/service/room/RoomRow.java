package im.magpie.service.room;

import im.magpie.codec.protocol.Room;

/**
 * A row of {@code room}: a room as its last committed change has left it.
 *
 * @param ownerId empty for the business system
 * @param createdAt unix milliseconds
 */
record RoomRow(
        String appId,
        String roomId,
        String name,
        String announcement,
        String ownerId,
        boolean muted,
        int keepDays,
        boolean closed,
        long version,
        long createdAt) {

    static RoomRow of(RoomKey key, Room room) {
        return new RoomRow(
                key.appId(),
                key.roomId(),
                room.getName(),
                room.getAnnouncement(),
                room.getOwnerId(),
                room.getMuted(),
                room.getKeepDays(),
                room.getClosed(),
                room.getVersion(),
                room.getCreatedTime());
    }

    RoomKey key() {
        return new RoomKey(appId, roomId);
    }

    /** Returns the room without what it is for somebody, and how many are present. */
    Room toRoom() {
        return Room.newBuilder()
                .setRoomId(roomId)
                .setName(name)
                .setAnnouncement(announcement)
                .setOwnerId(ownerId)
                .setMuted(muted)
                .setKeepDays(keepDays)
                .setClosed(closed)
                .setVersion(version)
                .setCreatedTime(createdAt)
                .build();
    }
}
