package im.magpie.service.room;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.request.Actor;

/**
 * Who does something to a room: the business system may do everything, its owner all but that only the former may, and moderators what their rank is for.
 *
 * @param user what the room knows of him
 */
record RoomRights(Actor actor, String ownerId, RoomUserRow user) {

    boolean owns() {
        return actor.isBusinessSystem() || actor.userId().equals(ownerId);
    }

    boolean moderates() {
        return owns() || user.moderator();
    }

    /** @throws MagpieException FORBIDDEN */
    void requireOwner() {
        if (!owns()) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "this is for the room's owner");
        }
    }

    /** @throws MagpieException FORBIDDEN */
    void requireModerator() {
        if (!moderates()) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "this is for the room's moderators");
        }
    }
}
