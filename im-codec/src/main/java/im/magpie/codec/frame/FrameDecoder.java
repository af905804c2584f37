package im.magpie.codec.frame;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/** Turns a stream of bytes into {@link Frame}s: the first handler of a connection over TCP. */
public final class FrameDecoder extends ByteToMessageDecoder {

    private final FrameReader reader;

    public FrameDecoder(Wire wire) {
        reader = new FrameReader(wire);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        var frame = reader.read(in, ctx.alloc());
        if (frame != null) {
            out.add(frame);
        }
    }
}
