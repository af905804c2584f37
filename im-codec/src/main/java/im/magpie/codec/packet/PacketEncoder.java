package im.magpie.codec.packet;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Message;
import im.magpie.codec.frame.BodyEncoding;
import im.magpie.codec.frame.FrameHeader;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.json.JsonBody;
import im.magpie.codec.protocol.ErrorCode;
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
        return ctx.alloc().ioBuffer(FrameHeader.BYTES + encodedSize(packet));
    }

    @Override
    protected void encode(ChannelHandlerContext ctx, Packet packet, ByteBuf out) throws IOException {
        var start = out.writerIndex();
        if (wire.form() == WireForm.PROTOBUF) {
            begin(out, BodyEncoding.PROTOBUF, packet);
            writeProtobuf(packet, out);
        } else {
            begin(out, BodyEncoding.JSON, packet);
            JsonBody.write(message(packet), out);
        }
        if (wire.compressing() && out.writerIndex() - start >= FrameHeader.BYTES + COMPRESSION_THRESHOLD) {
            FrameHeader.compressBody(out, start, ctx.alloc());
        }
        FrameHeader.complete(out, start);
    }

    private static void begin(ByteBuf out, BodyEncoding encoding, Packet packet) {
        var status = packet instanceof ServerPacket answer ? answer.status() : ErrorCode.OK;
        FrameHeader.begin(out, encoding, packet.commandNumber(), status.getNumber(), packet.requestId());
    }

    private static int encodedSize(Packet packet) {
        return switch (packet) {
            case EncodedPush push -> push.body().size();
            case Request request -> request.body().getSerializedSize();
            case ServerPacket answer -> answer.body().getSerializedSize();
        };
    }

    private static void writeProtobuf(Packet packet, ByteBuf out) throws IOException {
        var size = encodedSize(packet);
        out.ensureWritable(size);
        var target = out.nioBuffer(out.writerIndex(), size);
        if (packet instanceof EncodedPush push) {
            push.body().copyTo(target);
        } else {
            var stream = CodedOutputStream.newInstance(target);
            message(packet).writeTo(stream);
            stream.flush();
        }
        out.writerIndex(out.writerIndex() + size);
    }

    private static Message message(Packet packet) {
        return switch (packet) {
            case EncodedPush push -> push.decoded().body();
            case Request request -> request.body();
            case ServerPacket answer -> answer.body();
        };
    }
}
