package im.magpie.client.room;

import im.magpie.codec.protocol.RoomMessage;
import java.util.LinkedHashSet;
import java.util.Set;

/** Remembers the last messages of a room, to know one that comes again. Used by the client's loop only. */
final class Repeats {

    /** A message is repeated within seconds; a room has hundreds of them a second at most. */
    static final int MOST = 4_096;

    /** Nobody can repeat what somebody else has said. */
    private record Said(String senderId, String clientMessageId) {}

    private final Set<Said> last = new LinkedHashSet<>();

    /** Returns whether the message was there before; those without an id never were. */
    boolean has(RoomMessage message) {
        if (message.getClientMessageId().isEmpty()) {
            return false;
        }
        if (!last.add(new Said(message.getSenderId(), message.getClientMessageId()))) {
            return true;
        }
        if (last.size() > MOST) {
            var eldest = last.iterator();
            eldest.next();
            eldest.remove();
        }
        return false;
    }
}
