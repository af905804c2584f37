package im.magpie.codec.packet;

import im.magpie.codec.body.JsonBody;
import im.magpie.codec.body.ProtobufBody;
import im.magpie.codec.frame.BodyEncoding;
import im.magpie.codec.frame.FrameHeader;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;
import java.io.IOException;

/**
 * Writes every {@link Packet} as one frame in one buffer, in the form of the connection. A body that is bytes already is copied behind its header
 * too: one small buffer costs a connection less than two.
 */
public final class PacketEncoder extends MessageToByteEncoder<Packet> {

    /** Where compression was asked for, bodies from this many bytes on are compressed. */
    public static final int COMPRESSION_THRESHOLD = 1024;

    private final Wire wire;

    public PacketEncoder(Wire wire) {
        super(Packet.class);
        this.wire = wire;
    }

    @Override
    protected ByteBuf allocateBuffer(ChannelHandlerContext ctx, Packet packet, boolean preferDirect) {
        // Exact for protobuf, a beginning for JSON.
        var size = packet instanceof EncodedPush push
                ? push.bytes().size()
                : packet.body().getSerializedSize();
        return ctx.alloc().ioBuffer(FrameHeader.BYTES + size);
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Packet packet, ByteBuf out) throws IOException {
        var start = out.writerIndex();
        var encoding = wire.form() == WireForm.PROTOBUF ? BodyEncoding.PROTOBUF : BodyEncoding.JSON;
        FrameHeader.begin(out, encoding, packet.commandNumber(), packet.status().getNumber(), packet.requestId());
        switch (encoding) {
            case JSON -> JsonBody.write(packet.body(), out);
            case PROTOBUF -> {
                if (packet instanceof EncodedPush push) {
                    out.writeBytes(push.bytes().asReadOnlyByteBuffer());
                } else {
                    ProtobufBody.write(packet.body(), out);
                }
            }
        }
        if (wire.compressing() && out.writerIndex() - start >= FrameHeader.BYTES + COMPRESSION_THRESHOLD) {
            FrameHeader.compressBody(out, start, ctx.alloc());
        }
        FrameHeader.complete(out, start);
    }
}
