package im.magpie.tcp.transport;

import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.RequestDecoder;
import io.netty.channel.ChannelPipeline;

/** Frames, back to back. */
final class TcpInitializer extends ConnectionInitializer {

    TcpInitializer(PipelineParts parts) {
        super(parts);
    }

    @Override
    void addFraming(ChannelPipeline pipeline, Wire wire) {
        pipeline.addLast("frame-decoder", new FrameDecoder(wire));
        pipeline.addLast("request-decoder", new RequestDecoder(wire));
        pipeline.addLast("packet-encoder", new PacketEncoder(wire));
    }
}
