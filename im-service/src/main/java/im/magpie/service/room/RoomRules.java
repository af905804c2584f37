package im.magpie.service.room;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.service.request.Actor;
import im.magpie.service.request.Rules;
import java.time.Duration;

/** What of a request can be said to be wrong without looking anything up. Lengths are in UTF-16 units. */
final class RoomRules {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_ANNOUNCEMENT = 4_096;
    private static final Duration LONGEST_MEASURE = Duration.ofDays(3_650);

    /**
     * Returns the key of the room that somebody names.
     *
     * @throws im.magpie.common.error.MagpieException INVALID_REQUEST when no room could be called so
     */
    static RoomKey key(Actor actor, String roomId) {
        requireRoomId(roomId);
        return new RoomKey(actor.appId(), roomId);
    }

    static void requireRoomId(String roomId) {
        Rules.require(Identifiers.isRoomId(roomId), "a room id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    static void requireName(String name) {
        Rules.require(!name.isBlank(), "a room has a name");
        Rules.requireLength("name", name, LONGEST_NAME);
    }

    static void requireAnnouncement(String announcement) {
        Rules.requireLength("announcement", announcement, LONGEST_ANNOUNCEMENT);
    }

    /** @param days as the protocol has them, unsigned */
    static void requireKeepDays(int days, int most) {
        Rules.require(days >= 0 && days <= most, "a room keeps what is said for 0 to %d days".formatted(most));
    }

    static void requireChange(RoomChange change, int mostKeepDays) {
        if (change.hasName()) {
            requireName(change.getName());
        }
        requireAnnouncement(change.getAnnouncement());
        requireKeepDays(change.getKeepDays(), mostKeepDays);
    }

    static void requireChange(ChangeRoomUser change) {
        Rules.requireUserId(change.getUserId());
        requireSeconds("muted", change.getMuteSeconds());
        requireSeconds("banned", change.getBanSeconds());
    }

    private static void requireSeconds(String what, long seconds) {
        Rules.require(
                seconds >= 0 && seconds <= LONGEST_MEASURE.toSeconds(),
                "somebody is %s for 0 to %d seconds".formatted(what, LONGEST_MEASURE.toSeconds()));
    }

    private RoomRules() {}
}
