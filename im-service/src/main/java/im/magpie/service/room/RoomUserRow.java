package im.magpie.service.room;

import im.magpie.codec.protocol.RoomUser;

/**
 * A row of {@code room_user}: what a room knows of somebody.
 *
 * @param mutedUntil unix milliseconds, as {@code bannedUntil}
 */
record RoomUserRow(String userId, boolean moderator, long mutedUntil, long bannedUntil) {

    /** Returns what a room knows of somebody of whom it knows nothing. */
    static RoomUserRow nothing(String userId) {
        return new RoomUserRow(userId, false, 0, 0);
    }

    /** Returns when nothing of it holds any more. */
    long holdsUntil() {
        return moderator ? Long.MAX_VALUE : Math.max(mutedUntil, bannedUntil);
    }

    /** Returns what of it holds at a time, unix milliseconds. */
    RoomUserRow at(long now) {
        return new RoomUserRow(
                userId, moderator, mutedUntil > now ? mutedUntil : 0, bannedUntil > now ? bannedUntil : 0);
    }

    RoomUserRow moderating(boolean moderates) {
        return new RoomUserRow(userId, moderates, mutedUntil, bannedUntil);
    }

    RoomUserRow mutedUntil(long time) {
        return new RoomUserRow(userId, moderator, time, bannedUntil);
    }

    RoomUserRow bannedUntil(long time) {
        return new RoomUserRow(userId, moderator, mutedUntil, time);
    }

    RoomUser toProtocol() {
        return RoomUser.newBuilder()
                .setUserId(userId)
                .setModerator(moderator)
                .setMutedUntil(mutedUntil)
                .setBannedUntil(bannedUntil)
                .build();
    }
}
