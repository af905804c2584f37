package im.magpie.client.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandler;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes connections: over epoll or NIO, as the loop works; loops of ours use epoll where there is epoll. */
public final class Transport {

    /** Returns a group of daemon threads; several clients may share it. */
    public static EventLoopGroup newGroup(int threads) {
        var factory = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("magpie-client", true), factory);
    }

    /**
     * Returns the next loop of a group.
     *
     * @throws IllegalArgumentException when it works neither with epoll nor with NIO
     */
    public static EventLoop loopOf(EventLoopGroup group) {
        var loop = group.next();
        if (!worksWith(loop, EpollIoHandler.class) && !worksWith(loop, NioIoHandler.class)) {
            throw new IllegalArgumentException("event loops have to work with epoll or NIO: " + group);
        }
        return loop;
    }

    private static boolean worksWith(EventLoop loop, Class<? extends IoHandler> type) {
        return loop instanceof IoEventLoop io && io.isIoType(type);
    }

    /**
     * Connects.
     *
     * @param loop of {@link #loopOf}
     *
     * @param address resolved, because looking a name up blocks
     * @param tls null for none
     * @return completes on the loop; exceptionally when there is no connection to be had
     */
    public static CompletableFuture<Link> connect(
            EventLoop loop, InetSocketAddress address, @Nullable SslContext tls, Duration timeout) {
        var opened = new CompletableFuture<Link>();
        var initializer = new LinkInitializer(address, tls);
        new Bootstrap()
                .group(loop)
                .channel(worksWith(loop, EpollIoHandler.class) ? EpollSocketChannel.class : NioSocketChannel.class)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(timeout.toMillis()))
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(initializer)
                .connect(address)
                .addListener((Future<Void> connected) -> {
                    if (connected.isSuccess()) {
                        opened.complete(Objects.requireNonNull(initializer.link));
                    } else {
                        opened.completeExceptionally(connected.cause());
                    }
                });
        return opened;
    }

    private static final class LinkInitializer extends ChannelInitializer<Channel> {

        private final InetSocketAddress address;
        private final @Nullable SslContext tls;
        private @Nullable Link link;

        private LinkInitializer(InetSocketAddress address, @Nullable SslContext tls) {
            this.address = address;
            this.tls = tls;
        }

        @Override
        protected void initChannel(Channel channel) {
            link = new Link(channel);
            link.addHandlers(
                    tls == null ? null : tls.newHandler(channel.alloc(), address.getHostString(), address.getPort()));
        }
    }

    private Transport() {}
}
