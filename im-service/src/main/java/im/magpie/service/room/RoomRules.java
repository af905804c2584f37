package im.magpie.service.room;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ChangeRoomUser;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.RoomChange;
import im.magpie.common.error.MagpieException;
import java.time.Duration;

/** What of a request can be said to be wrong without looking anything up. Lengths are in UTF-16 units. */
final class RoomRules {

    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_ANNOUNCEMENT = 4_096;
    private static final int LONGEST_PAGE = 500;
    private static final Duration LONGEST_MEASURE = Duration.ofDays(3_650);

    /** Returns how many entries a page has of which a number was asked for; 0 asks for as many as there may be. */
    static int limit(int asked) {
        require(asked >= 0, "a limit is 0 or more");
        return asked == 0 ? LONGEST_PAGE : Math.min(asked, LONGEST_PAGE);
    }

    static void requireRoomId(String roomId) {
        require(Identifiers.isRoomId(roomId), "a room id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    static void requireUserId(String userId) {
        require(Identifiers.isUserId(userId), "a user id is 1 to 64 of [A-Za-z0-9._@+-]");
    }

    static void requireName(String name) {
        require(!name.isBlank(), "a room has a name");
        requireLength("name", name, LONGEST_NAME);
    }

    static void requireAnnouncement(String announcement) {
        requireLength("announcement", announcement, LONGEST_ANNOUNCEMENT);
    }

    /** @param days as the protocol has them, unsigned */
    static void requireKeepDays(int days, int most) {
        require(days >= 0 && days <= most, "a room keeps what is said for 0 to %d days".formatted(most));
    }

    static void requireChange(RoomChange change, int mostKeepDays) {
        if (change.hasName()) {
            requireName(change.getName());
        }
        requireAnnouncement(change.getAnnouncement());
        requireKeepDays(change.getKeepDays(), mostKeepDays);
    }

    static void requireChange(ChangeRoomUser change) {
        requireUserId(change.getUserId());
        requireSeconds("muted", change.getMuteSeconds());
        requireSeconds("banned", change.getBanSeconds());
    }

    private static void requireSeconds(String what, long seconds) {
        require(
                seconds >= 0 && seconds <= LONGEST_MEASURE.toSeconds(),
                "somebody is %s for 0 to %d seconds".formatted(what, LONGEST_MEASURE.toSeconds()));
    }

    private static void requireLength(String name, String text, int longest) {
        require(text.length() <= longest, "%s has at most %d characters".formatted(name, longest));
    }

    /** @throws MagpieException INVALID_REQUEST */
    static void require(boolean valid, String rule) {
        if (!valid) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, rule);
        }
    }

    private RoomRules() {}
}
