package im.magpie.service.conversation;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.common.broker.AcceptedMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message's value in the hash {@code body}: ordinal and time (8 bytes each, by accept.lua), length and bytes of the origin's
 * incarnation, its connection (8 bytes), and the message itself without what Redis assigns.
 */
final class Body {

    private static final int LONGEST_INCARNATION = 255;

    /** Returns what a script puts behind ordinal and time. */
    static byte[] encode(Offer offer) {
        var incarnation = offer.origin().incarnation().getBytes(StandardCharsets.UTF_8);
        if (incarnation.length > LONGEST_INCARNATION) {
            throw new IllegalArgumentException("incarnation of " + incarnation.length + " bytes");
        }
        var message = offer.toMessage().build();
        var bytes = ByteBuffer.allocate(1 + incarnation.length + Long.BYTES + message.getSerializedSize())
                .put((byte) incarnation.length)
                .put(incarnation)
                .putLong(offer.origin().connectionId());
        return bytes.put(message.toByteArray()).array();
    }

    static PendingMessage decode(long epoch, long sequence, byte[] value) {
        var bytes = ByteBuffer.wrap(value);
        var ordinal = bytes.getLong();
        var time = bytes.getLong();
        var incarnation = new byte[Byte.toUnsignedInt(bytes.get())];
        bytes.get(incarnation);
        var origin = new Origin(new String(incarnation, StandardCharsets.UTF_8), bytes.getLong());
        try {
            var message = AcceptedMessage.parser().parseFrom(value, bytes.position(), bytes.remaining()).toBuilder()
                    .setSequence(sequence)
                    .setOrdinal(ordinal)
                    .setServerTime(time)
                    .setEpoch(epoch)
                    .build();
            return new PendingMessage(message, origin);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a body in Redis can't be read", e);
        }
    }

    private Body() {}
}
