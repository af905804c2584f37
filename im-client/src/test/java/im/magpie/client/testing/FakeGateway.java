package im.magpie.client.testing;

import im.magpie.client.GatewayAddress;
import im.magpie.codec.frame.FrameDecoder;
import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.PacketEncoder;
import im.magpie.codec.packet.RequestDecoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A gateway over a real socket that says nothing by itself. */
public final class FakeGateway implements AutoCloseable {

    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("fake-gateway", true), NioIoHandler.newFactory());

    private final BlockingQueue<FakeConnection> connections = new LinkedBlockingQueue<>();
    private final Channel server;

    /** Makes a gateway whose connections are taken by {@link #accept}. */
    public FakeGateway() {
        this((@Nullable SslContext) null);
    }

    /** Makes a gateway that speaks TLS. */
    public FakeGateway(@Nullable SslContext tls) {
        server = listen(channel -> {
            if (tls != null) {
                channel.pipeline().addFirst(tls.newHandler(channel.alloc()));
            }
            connections.add(FakeConnection.on(channel));
        });
    }

    /** Makes a gateway whose connections are handed over, before anything is read from them. */
    public FakeGateway(Consumer<Channel> accepted) {
        server = listen(accepted);
    }

    private static Channel listen(Consumer<Channel> accepted) {
        return new ServerBootstrap()
                .group(LOOPS)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var wire = Wire.ofServer(FrameLimits.DEFAULT);
                        channel.pipeline()
                                .addLast(new FrameDecoder(wire))
                                .addLast(new RequestDecoder(wire))
                                .addLast(new PacketEncoder(wire));
                        accepted.accept(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    public GatewayAddress address() {
        var local = (InetSocketAddress) server.localAddress();
        return new GatewayAddress(local.getHostString(), local.getPort());
    }

    /** Returns the next connection that a client makes. */
    public FakeConnection accept() {
        return Await.next(connections, "a connection");
    }

    /** Takes no more connections; those that are there live on. */
    @Override
    public void close() {
        server.close().syncUninterruptibly();
    }
}
