package im.magpie.service.room;

import im.magpie.common.user.UserKey;

/**
 * Who asks for something of a room.
 *
 * @param userId empty for the app's business system
 */
public record RoomActor(String appId, String userId) {

    public static RoomActor of(UserKey user) {
        return new RoomActor(user.appId(), user.userId());
    }

    public static RoomActor businessSystem(String appId) {
        return new RoomActor(appId, "");
    }

    /**
     * Returns the key of the room that he names.
     *
     * @throws im.magpie.common.error.MagpieException INVALID_REQUEST when no room could be called so
     */
    RoomKey room(String roomId) {
        RoomRules.requireRoomId(roomId);
        return new RoomKey(appId, roomId);
    }

    UserKey user() {
        return new UserKey(appId, userId);
    }

    boolean isBusinessSystem() {
        return userId.isEmpty();
    }
}
