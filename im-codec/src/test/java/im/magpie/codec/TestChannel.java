package im.magpie.codec;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.ReplyDecoder;
import im.magpie.codec.packet.RequestDecoder;
import im.magpie.codec.websocket.BinaryMessageDecoder;
import im.magpie.codec.websocket.BinaryMessageEncoder;
import im.magpie.codec.websocket.TextMessageDecoder;
import im.magpie.codec.websocket.TextMessageEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A connection's handlers as gateway and client put them together, without a network. */
public final class TestChannel implements AutoCloseable {

    private final ByteBufAllocator allocator;
    private final EmbeddedChannel channel;

    private TestChannel(ByteBufAllocator allocator, ChannelHandler... handlers) {
        this.allocator = allocator;
        channel = new EmbeddedChannel(false, false);
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(handlers);
        register();
    }

    private void register() {
        try {
            channel.register();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public static TestChannel frames(ByteBufAllocator allocator, Wire wire) {
        return new TestChannel(allocator, new FrameDecoder(wire));
    }

    public static TestChannel server(ByteBufAllocator allocator, Wire wire) {
        return new TestChannel(allocator, new FrameDecoder(wire), new RequestDecoder(wire), new PacketEncoder(wire));
    }

    public static TestChannel client(ByteBufAllocator allocator, Wire wire) {
        return new TestChannel(allocator, new FrameDecoder(wire), new ReplyDecoder(wire), new PacketEncoder(wire));
    }

    public static TestChannel webSocketServer(ByteBufAllocator allocator, Wire wire) {
        return new TestChannel(
                allocator,
                new BinaryMessageDecoder(wire),
                new TextMessageDecoder(wire),
                new RequestDecoder(wire),
                new BinaryMessageEncoder(),
                new PacketEncoder(wire),
                new TextMessageEncoder(wire));
    }

    /** Takes bytes in, copied into this channel's own memory. */
    public void read(byte... bytes) {
        readMessage(allocator.buffer(bytes.length).writeBytes(bytes));
    }

    /** Takes in what the transport below has read. */
    public void readMessage(Object message) {
        channel.writeInbound(message);
    }

    /** Returns what came through next. The caller releases it. */
    public <T> T next(Class<T> type) {
        return type.cast(Objects.requireNonNull(channel.readInbound(), "nothing came through"));
    }

    /** Returns everything that came through. */
    public List<Object> all() {
        var all = new ArrayList<>(channel.inboundMessages());
        channel.inboundMessages().clear();
        return all;
    }

    /** Writes a packet and returns the one message that goes to the transport below. The caller releases it. */
    public <T> T write(Packet packet, Class<T> type) {
        channel.writeOutbound(packet);
        assertThat(channel.outboundMessages()).hasSize(1);
        return type.cast(channel.readOutbound());
    }

    /** Writes a packet and returns its bytes, which are the caller's own. */
    public byte[] bytes(Packet packet) {
        var written = write(packet, ByteBuf.class);
        try {
            var bytes = new byte[written.readableBytes()];
            written.readBytes(bytes);
            return bytes;
        } finally {
            written.release();
        }
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
