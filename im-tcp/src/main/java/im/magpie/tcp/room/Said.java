package im.magpie.tcp.room;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.RoomPriority;
import im.magpie.common.broker.RoomAudience;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is said in a room, or happens to it, on its way to the node's connections there. */
final class Said {

    private final ByteString bytes;
    private final Rank rank;
    private final @Nullable Predicate<Visit> out;

    /** What is left out before what: in the order of these. */
    enum Rank {
        LOW,
        NORMAL,
        HIGH,
        /** Is not left out. */
        EVENT
    }

    private Said(ByteString bytes, Rank rank, @Nullable Predicate<Visit> out) {
        this.bytes = bytes;
        this.rank = rank;
        this.out = out;
    }

    /** Makes it of a packet that the services have pushed. */
    static Said pushed(RoomAudience audience, ByteString bytes) {
        var rank = audience.getVersion() > 0 ? Rank.EVENT : rank(RoomPriority.forNumber(audience.getPriority()));
        return new Said(bytes, rank, out(audience));
    }

    /** Makes an event that the services have not pushed here. */
    static Said event(ByteString bytes, Predicate<Visit> out) {
        return new Said(bytes, Rank.EVENT, out);
    }

    private static Rank rank(@Nullable RoomPriority priority) {
        return switch (priority) {
            case LOW -> Rank.LOW;
            case HIGH -> Rank.HIGH;
            case NORMAL, ROOM_PRIORITY_UNSPECIFIED, UNRECOGNIZED -> Rank.NORMAL;
            case null -> Rank.NORMAL;
        };
    }

    /** Whoever was let in at that version or later is meant by nothing that happened before. */
    private static @Nullable Predicate<Visit> out(RoomAudience audience) {
        var version = audience.getVersion();
        if (audience.getClosed()) {
            return visit -> visit.version() < version;
        }
        if (audience.getGoneCount() == 0) {
            return null;
        }
        var gone = Set.copyOf(audience.getGoneList());
        return visit -> visit.version() < version && gone.contains(visit.userId());
    }

    /** Returns an encoded RoomPush. */
    ByteString bytes() {
        return bytes;
    }

    Rank rank() {
        return rank;
    }

    /** Returns who is out of the room behind it; null for nobody. */
    @Nullable
    Predicate<Visit> out() {
        return out;
    }
}
