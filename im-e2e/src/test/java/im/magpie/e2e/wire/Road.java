package im.magpie.e2e.wire;

import im.magpie.client.GatewayAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between clients and a gateway that can break: a proxy on a port of its own. */
public final class Road implements AutoCloseable {

    /** Small, so that a break often comes in the middle of a frame. */
    private static final int CARRIED_AT_ONCE = 100;

    private final GatewayAddress gateway;
    private final ServerSocket entrance;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    private Road(GatewayAddress gateway, ServerSocket entrance) {
        this.gateway = gateway;
        this.entrance = entrance;
    }

    /** Builds a road. */
    public static Road to(GatewayAddress gateway) {
        try {
            var road = new Road(gateway, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.startVirtualThread(road::open);
            return road;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns where clients enter it. */
    public GatewayAddress entrance() {
        return new GatewayAddress(entrance.getInetAddress().getHostAddress(), entrance.getLocalPort());
    }

    /** Breaks all connections at once, whatever they are carrying; new ones may be made. */
    public void breaks() {
        List.copyOf(sockets).forEach(this::reset);
    }

    private void open() {
        try {
            while (true) {
                var client = entrance.accept();
                var server = new Socket(gateway.host(), gateway.port());
                sockets.addAll(List.of(client, server));
                Thread.startVirtualThread(() -> carry(client, server));
                Thread.startVirtualThread(() -> carry(server, client));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private void carry(Socket from, Socket to) {
        var bytes = new byte[CARRIED_AT_ONCE];
        try {
            from.setTcpNoDelay(true);
            for (var count = 0; count >= 0; count = from.getInputStream().read(bytes)) {
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException _) {
            // Broken, by us or by one of the two.
        }
        reset(from);
        reset(to);
    }

    /** Who takes the socket out breaks it; both carriers and {@link #breaks} may want to. */
    private void reset(Socket socket) {
        if (!sockets.remove(socket)) {
            return;
        }
        try {
            // What has not been carried to its end is lost.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            entrance.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        breaks();
    }
}
