package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.frame.Frame;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.util.List;

/** Turns {@link Frame}s into {@link ServerPacket}s, at a client. What a newer server pushes under a command that is not known is ignored. */
public final class ReplyDecoder extends MessageToMessageDecoder<Frame> {

    private final Wire wire;

    public ReplyDecoder(Wire wire) {
        super(Frame.class);
        this.wire = wire;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, Frame frame, List<Object> out) {
        if (wire.broken()) {
            return;
        }
        try {
            var packet = ServerPackets.of(frame.command(), frame.status(), frame.requestId(), new FrameBody(frame));
            if (packet != null) {
                out.add(packet);
            }
        } catch (InvalidProtocolBufferException _) {
            wire.breakOff();
            throw MalformedFrameException.ofBody(frame.command(), frame.requestId());
        }
    }
}
