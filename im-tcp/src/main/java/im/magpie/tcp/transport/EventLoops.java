package im.magpie.tcp.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * The threads that serve connections, and the kind of channels they serve: epoll where there is one, else NIO.
 *
 * @param acceptor takes new connections
 * @param workers serve them
 */
record EventLoops(EventLoopGroup acceptor, EventLoopGroup workers, Class<? extends ServerChannel> channelType)
        implements AutoCloseable {

    private static final long STOP_SECONDS = 5;

    static EventLoops start(int threads) {
        return Epoll.isAvailable()
                ? start(threads, EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : start(threads, NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    private static EventLoops start(int threads, IoHandlerFactory factory, Class<? extends ServerChannel> type) {
        return new EventLoops(
                new MultiThreadIoEventLoopGroup(1, factory), new MultiThreadIoEventLoopGroup(threads, factory), type);
    }

    boolean epoll() {
        return channelType == EpollServerSocketChannel.class;
    }

    @Override
    public void close() {
        acceptor.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
        workers.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
