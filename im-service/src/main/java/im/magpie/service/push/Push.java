package im.magpie.service.push;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.Command;
import im.magpie.service.index.DeviceRoute;
import java.util.List;

/**
 * A packet for some devices.
 *
 * @param body the encoded body, the same bytes for every device
 * @param conversationId with {@code sequence} what the devices will acknowledge; empty for what nobody acknowledges
 * @param trace names the span of a message that is followed; empty for all others
 */
public record Push(
        Command command,
        ByteString body,
        String conversationId,
        long sequence,
        List<DeviceRoute> devices,
        ByteString trace) {

    /** A packet of a message that nobody follows. */
    public Push(Command command, ByteString body, String conversationId, long sequence, List<DeviceRoute> devices) {
        this(command, body, conversationId, sequence, devices, ByteString.EMPTY);
    }

    /** Returns a packet that is not acknowledged. */
    public static Push unacknowledged(Command command, ByteString body, List<DeviceRoute> devices) {
        return new Push(command, body, "", 0, devices);
    }
}
