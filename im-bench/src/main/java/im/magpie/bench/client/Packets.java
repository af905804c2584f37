package im.magpie.bench.client;

import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.PacketEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.embedded.EmbeddedChannel;

/** Frames as the codec writes them. */
final class Packets {

    private static final int MAX_BODY_BYTES = 16 * 1024 * 1024;

    static Wire wire() {
        return Wire.ofClient(FrameLimits.constant(MAX_BODY_BYTES), WireForm.PROTOBUF, false);
    }

    static byte[] encode(Packet packet) {
        var channel = new EmbeddedChannel(new PacketEncoder(wire()));
        channel.writeOutbound(packet);
        ByteBuf frame = channel.readOutbound();
        try {
            return ByteBufUtil.getBytes(frame);
        } finally {
            frame.release();
            channel.finishAndReleaseAll();
        }
    }

    private Packets() {}
}
