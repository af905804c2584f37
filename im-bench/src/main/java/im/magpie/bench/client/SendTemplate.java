package im.magpie.bench.client;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.TextContent;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** The frame of a SEND to one conversation by one sender, of which each message changes some bytes only. One thread uses it. */
public final class SendTemplate {

    private static final int REQUEST_ID_OFFSET = 8;

    /** Where the digits of a UUID stand in its text, in groups. */
    private static final int[] GROUPS = {0, 9, 14, 19, 24};

    private static final int[] DIGITS = {8, 4, 4, 4, 12};

    private final byte[] frame;
    private final int sender;
    private final int idIndex;
    private final int textIndex;

    /** @param textBytes how long the text is, at least {@link Payload#BYTES} */
    public SendTemplate(String conversationId, int sender, int textBytes) {
        var id = UuidV7.of(0, 0, 0).toString();
        var text = "#".repeat(textBytes);
        var request = new Request.Send(
                1,
                SendRequest.newBuilder()
                        .setConversationId(conversationId)
                        .setClientMessageId(id)
                        .setContent(MessageContent.newBuilder()
                                .setText(TextContent.newBuilder().setText(text)))
                        .build());
        this.frame = Packets.encode(request);
        this.sender = sender;
        var chars = new String(frame, StandardCharsets.ISO_8859_1);
        this.idIndex = chars.indexOf(id);
        this.textIndex = chars.indexOf(text);
    }

    /**
     * Returns a message.
     *
     * @param idMillis the time of its client message id
     * @param time when it was to be sent, as of {@link System#nanoTime}
     */
    public ByteBuf message(ByteBufAllocator allocator, int requestId, long number, long idMillis, long time) {
        var out = allocator.ioBuffer(frame.length);
        out.writeBytes(frame);
        out.setInt(REQUEST_ID_OFFSET, requestId);
        setId(out, idMillis, number);
        Payload.set(out, textIndex, sender, number, time);
        return out;
    }

    /** A UUIDv7: 48 bits of time, 4 of version, 12 and 62 that name sender and number, and 2 of variant between them. */
    private void setId(ByteBuf out, long idMillis, long number) {
        var high = (idMillis << 16) | (7 << 12) | (sender & 0xFFF);
        var low = (2L << 62) | ((long) sender << 40) | number;
        group(out, 0, high >>> 32);
        group(out, 1, high >>> 16);
        group(out, 2, high);
        group(out, 3, low >>> 48);
        group(out, 4, low);
    }

    private void group(ByteBuf out, int group, long value) {
        Hex.set(out, idIndex + GROUPS[group], value, DIGITS[group]);
    }
}
