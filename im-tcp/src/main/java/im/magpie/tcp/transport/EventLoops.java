package im.magpie.tcp.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.RejectedExecutionHandlers;
import java.util.concurrent.Executor;
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
    private static final int MOST_PENDING_TASKS = Integer.MAX_VALUE;

    /** How long an event loop does what it is told by other threads before it looks again at what its connections have sent. */
    private static final long TASKS_MILLIS = 20;

    static EventLoops start(int threads) {
        return Epoll.isAvailable()
                ? start(threads, EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : start(threads, NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }

    private static EventLoops start(int threads, IoHandlerFactory factory, Class<? extends ServerChannel> type) {
        return new EventLoops(new MultiThreadIoEventLoopGroup(1, factory), new Workers(threads, factory), type);
    }

    private static final class Workers extends MultiThreadIoEventLoopGroup {

        Workers(int threads, IoHandlerFactory factory) {
            super(threads, factory);
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory factory, Object... arguments) {
            return new Worker(this, executor, factory);
        }
    }

    private static final class Worker extends SingleThreadIoEventLoop {

        Worker(IoEventLoopGroup group, Executor executor, IoHandlerFactory factory) {
            super(group, executor, factory, MOST_PENDING_TASKS, RejectedExecutionHandlers.reject(), TASKS_MILLIS);
        }
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
