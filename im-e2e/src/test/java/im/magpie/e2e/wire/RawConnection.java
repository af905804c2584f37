package im.magpie.e2e.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import im.magpie.client.GatewayAddress;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.e2e.system.Await;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plain socket to a gateway. */
public final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Set<ErrorCode> LATER = EnumSet.of(ErrorCode.BUSY, ErrorCode.UNAVAILABLE);

    private final Socket socket;
    private final DataInputStream in;
    private final Map<Integer, RawFrame> replies = new HashMap<>();
    private int requests;

    private RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    public static RawConnection to(GatewayAddress gateway) {
        try {
            var socket = new Socket(gateway.host(), gateway.port());
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return new RawConnection(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes bytes, whatever they mean. */
    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a request and returns its number. */
    public int request(Command command, MessageLite body) {
        requests++;
        write(RawFrame.request(command, requests, body).bytes());
        return requests;
    }

    /** Writes a request and returns its reply; what else comes before is passed over. */
    public RawFrame ask(Command command, MessageLite body) {
        return reply(request(command, body));
    }

    /** The same, again and again for as long as the server says that it may be done later, as clients do. */
    public RawFrame insist(Command command, MessageLite body) {
        var deadline = System.nanoTime() + Await.PATIENCE.toNanos();
        var reply = ask(command, body);
        while (LATER.contains(reply.code()) && System.nanoTime() < deadline) {
            Await.pass(BETWEEN_TRIES);
            reply = ask(command, body);
        }
        return reply;
    }

    /** Returns the reply to a request. Replies to others that come before are kept until they are asked for; pushes are passed over. */
    public RawFrame reply(int requestId) {
        while (!replies.containsKey(requestId)) {
            var frame = read();
            if (frame.requestId() != 0) {
                replies.put(frame.requestId(), frame);
            }
        }
        return replies.remove(requestId);
    }

    /** Returns the next frame. */
    public RawFrame read() {
        var frame = readOrEnd();
        if (frame == null) {
            throw new AssertionError("the connection was closed, and a frame was to come");
        }
        return frame;
    }

    /** Returns when the server has closed the connection; fails when it says something else first. */
    public void awaitEnd() {
        var frame = readOrEnd();
        if (frame != null) {
            throw new AssertionError("the connection was to be closed, and this came: " + frame);
        }
    }

    /** Returns so many bytes as they come. */
    public byte[] readBytes(int count) {
        try {
            return in.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable RawFrame readOrEnd() {
        try {
            var first = in.read();
            if (first < 0) {
                return null;
            }
            var magic = first << 8 | in.readUnsignedByte();
            if (magic != RawFrame.MAGIC || in.readByte() != RawFrame.VERSION) {
                throw new AssertionError("what came is no frame");
            }
            var flags = in.readUnsignedByte();
            var command = in.readUnsignedShort();
            var status = in.readUnsignedShort();
            var requestId = in.readInt();
            return new RawFrame(flags, command, status, requestId, ByteString.copyFrom(in.readNBytes(in.readInt())));
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
