package im.magpie.codec.packet;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.frame.BodyEncoding;
import im.magpie.codec.frame.Frame;
import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.protocol.ErrorCode;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import java.util.List;

/** Turns {@link Frame}s into {@link Request}s, at a server. A body that can't be read raises {@link MalformedFrameException}, MALFORMED_BODY. */
public final class RequestDecoder extends MessageToMessageDecoder<Frame> {

    private final Wire wire;

    public RequestDecoder(Wire wire) {
        super(Frame.class);
        this.wire = wire;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, Frame frame, List<Object> out) {
        if (wire.broken()) {
            return;
        }
        wire.adopt(frame.encoding() == BodyEncoding.JSON ? WireForm.JSON : WireForm.PROTOBUF, frame.compressed());
        if (frame.status() != ErrorCode.OK_VALUE) {
            wire.breakOff();
            throw new MalformedFrameException(
                    ErrorCode.MALFORMED_FRAME, frame.command(), frame.requestId(), "a request has no status");
        }
        try {
            out.add(Requests.of(frame.command(), frame.requestId(), new FrameBody(frame)));
        } catch (InvalidProtocolBufferException _) {
            wire.breakOff();
            throw MalformedFrameException.ofBody(frame.command(), frame.requestId());
        }
    }
}
