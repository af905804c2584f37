package im.magpie.tcp.connection;

import im.magpie.codec.packet.Packet;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;

/** How a connection is closed so that the peer gets to read why. */
public final class LastWords {

    /** A peer that does not take the packet or does not close its side is not waited for any longer. */
    private static final long PATIENCE_SECONDS = 2;

    /**
     * Writes a packet and closes behind it. What still comes in is read and dropped: closing a socket that has
     * something unread resets it, and the peer would lose the packet. Called on the channel's event loop.
     */
    public static void write(Channel channel, Packet packet) {
        if (!channel.isActive() || channel.pipeline().get(Deaf.class) != null) {
            return;
        }
        channel.pipeline().addFirst("deaf", new Deaf());
        channel.config().setAutoRead(true);
        channel.writeAndFlush(packet).addListener(_ -> finish(channel));
        var timeout = channel.eventLoop().schedule(() -> channel.close(), PATIENCE_SECONDS, TimeUnit.SECONDS);
        channel.closeFuture().addListener(_ -> timeout.cancel(false));
    }

    private static void finish(Channel channel) {
        if (channel instanceof DuplexChannel duplex && !hasClosingWords(channel.pipeline())) {
            duplex.shutdownOutput();
        } else {
            channel.close();
        }
    }

    /** TLS and WebSocket end with words of their own, which {@code close} says. */
    private static boolean hasClosingWords(ChannelPipeline pipeline) {
        return pipeline.get(SslHandler.class) != null || pipeline.get(WebSocketServerProtocolHandler.class) != null;
    }

    private LastWords() {}

    private static final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }
    }
}
