package im.magpie.tcp.transport;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The listeners of a node. Started and stopped by one thread. */
public final class GatewayServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayServer.class);
    private static final int BACKLOG = 1024;

    private final ListenSettings settings;
    private final PipelineParts parts;
    private final EventLoops loops;
    private final List<Channel> listeners = new ArrayList<>();

    /** Makes a server that does not listen yet. */
    public GatewayServer(ListenSettings settings, PipelineParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.loops = EventLoops.start(settings.eventLoopThreads());
    }

    /**
     * Listens.
     *
     * @throws IllegalStateException when a port can't be had
     */
    public Ports bind() {
        var tcp = bind(settings.tcpPort(), new TcpInitializer(parts));
        var webSocket = bind(settings.webSocketPort(), new WebSocketInitializer(parts, settings.allowedOrigins()));
        LOG.info("Listening on {}: TCP {}, WebSocket {}", settings.address(), tcp, webSocket);
        return new Ports(tcp, webSocket);
    }

    /** Returns what serves the connections. */
    public Collection<EventExecutor> eventLoops() {
        var all = new ArrayList<EventExecutor>();
        loops.workers().forEach(all::add);
        return all;
    }

    private int bind(int port, ChannelHandler initializer) {
        var bound = bootstrap(initializer).bind(settings.address(), port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException("Can't listen on %s:%d".formatted(settings.address(), port), bound.cause());
        }
        listeners.add(bound.channel());
        return ((InetSocketAddress) bound.channel().localAddress()).getPort();
    }

    private ServerBootstrap bootstrap(ChannelHandler initializer) {
        var highWaterMark = parts.settings().limits().writeHighWaterMark();
        var bootstrap = new ServerBootstrap()
                .group(loops.acceptor(), loops.workers())
                .channel(loops.channelType())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.WRITE_BUFFER_WATER_MARK,
                        new WriteBufferWaterMark(highWaterMark / 2, highWaterMark))
                .childHandler(initializer);
        if (loops.epoll()) {
            // A peer that is gone while it is us who don't read.
            var timeout = Math.toIntExact(parts.settings().deadAfter().toMillis());
            bootstrap.childOption(EpollChannelOption.TCP_USER_TIMEOUT, timeout);
        }
        return bootstrap;
    }

    /** Takes no more connections. */
    public void stopListening() {
        listeners.forEach(listener -> listener.close().awaitUninterruptibly());
        listeners.clear();
    }

    /** Closes all connections, whether they have logged in or not. */
    public void closeConnections() {
        parts.admission().closeAll();
    }

    /** Closes everything, at once. */
    @Override
    public void close() {
        stopListening();
        closeConnections();
        loops.close();
    }
}
