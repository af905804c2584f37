package im.magpie.service.push;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.Command;
import im.magpie.service.index.DeviceRoute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A packet for some devices, for the members of a group, or for who is in a room.
 *
 * @param body the encoded body, the same bytes for every device
 * @param conversationId with {@code sequence} what the devices will acknowledge; empty for what nobody acknowledges
 * @param trace names the span of a message that is followed; empty for all others
 * @param membersSince the version since which the devices' users are members of the conversation's group, of whose messages nodes are pushed one packet;
 *     0 for all other packets
 * @param members whom it is for in place of devices; null for others
 * @param room whom it is for in place of devices; null for others
 */
public record Push(
        Command command,
        ByteString body,
        String conversationId,
        long sequence,
        List<DeviceRoute> devices,
        ByteString trace,
        long membersSince,
        @Nullable ToMembers members,
        @Nullable ToRoom room) {

    /** A packet for devices, or for the members of a group. */
    public Push(
            Command command,
            ByteString body,
            String conversationId,
            long sequence,
            List<DeviceRoute> devices,
            ByteString trace,
            long membersSince,
            @Nullable ToMembers members) {
        this(command, body, conversationId, sequence, devices, trace, membersSince, members, null);
    }

    /** A packet for devices. */
    public Push(
            Command command,
            ByteString body,
            String conversationId,
            long sequence,
            List<DeviceRoute> devices,
            ByteString trace) {
        this(command, body, conversationId, sequence, devices, trace, 0, null);
    }

    /** A packet of a message that nobody follows. */
    public Push(Command command, ByteString body, String conversationId, long sequence, List<DeviceRoute> devices) {
        this(command, body, conversationId, sequence, devices, ByteString.EMPTY);
    }

    /** Returns a packet that is not acknowledged. */
    public static Push unacknowledged(Command command, ByteString body, List<DeviceRoute> devices) {
        return new Push(command, body, "", 0, devices);
    }

    /**
     * Returns a packet for who is in a room.
     *
     * @param body an encoded RoomPush
     */
    public static Push toRoom(ByteString body, ToRoom room) {
        return new Push(Command.ROOM_PUSH, body, "", 0, List.of(), ByteString.EMPTY, 0, null, room);
    }
}
