package im.magpie.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.frame.WireForm;
import im.magpie.codec.packet.Packet;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.ReplyDecoder;
import im.magpie.codec.packet.ServerPacket;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.tcp.fixture.Requests;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.jspecify.annotations.Nullable;

/** A client over a plain blocking socket. Used by one thread. */
final class TestClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final EmbeddedChannel encoder;
    private final EmbeddedChannel decoder;

    TestClient(int port) {
        this(port, WireForm.PROTOBUF);
    }

    TestClient(int port, WireForm form) {
        this(socket(port), form);
    }

    TestClient(Socket socket, WireForm form) {
        this.socket = socket;
        var limits = FrameLimits.constant(FrameLimits.DEFAULT.afterLogin());
        encoder = new EmbeddedChannel(new PacketEncoder(Wire.ofClient(limits, form, false)));
        var wire = Wire.ofClient(limits, form, false);
        decoder = new EmbeddedChannel(new FrameDecoder(wire), new ReplyDecoder(wire));
    }

    private static Socket socket(int port) {
        try {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Reply.LoginOk login(String userId) {
        write(Requests.login(1, userId));
        return read(Reply.LoginOk.class);
    }

    void write(Packet... packets) {
        var bytes = Unpooled.buffer();
        for (var packet : packets) {
            encoder.writeOutbound(packet);
            ByteBuf frame = encoder.readOutbound();
            bytes.writeBytes(frame);
            frame.release();
        }
        writeBytes(ByteBufUtil.getBytes(bytes));
    }

    void writeBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends ServerPacket> T read(Class<T> type) {
        var packet = readPacket();
        assertThat(packet).isInstanceOf(type);
        return type.cast(packet);
    }

    Reply.Failure readFailure(int requestId, ErrorCode code) {
        var failure = read(Reply.Failure.class);
        assertThat(failure.code()).as(failure.toString()).isEqualTo(code);
        assertThat(failure.requestId()).isEqualTo(requestId);
        return failure;
    }

    /** Waits for the end of the connection, before which nothing else may come. */
    void assertClosed() {
        assertThat(readPacket()).as("a packet before the end").isNull();
    }

    /** Returns the next packet, or null when the connection has ended. */
    @Nullable
    ServerPacket readPacket() {
        try {
            socket.setSoTimeout(PATIENCE_MILLIS);
            var buffer = new byte[4096];
            while (true) {
                ServerPacket packet = decoder.readInbound();
                if (packet != null) {
                    return packet;
                }
                var count = socket.getInputStream().read(buffer);
                if (count < 0) {
                    return null;
                }
                decoder.writeInbound(Unpooled.copiedBuffer(buffer, 0, count));
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
