package im.magpie.tcp.transport;

import im.magpie.codec.frame.MalformedFrameException;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.tcp.connection.Connection;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every exception of a pipeline ends: what can be told to the peer is told, and the connection closes. */
final class ConnectionErrors extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionErrors.class);

    private final Connection connection;

    ConnectionErrors(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable thrown) {
        switch (thrown) {
            case MalformedFrameException malformed -> connection.lastWords(Failure.of(malformed));
            // The peer is gone, or does not speak TLS, HTTP or WebSocket as it should: nothing that we say would be
            // read.
            case IOException _, CodecException _ -> {
                LOG.debug("{} is closed: {}", ctx.channel(), thrown.toString());
                ctx.close();
            }
            default -> {
                LOG.error("{} is closed", ctx.channel(), thrown);
                connection.lastWords(internalError());
            }
        }
    }

    private static Failure internalError() {
        return new Failure(
                0,
                Command.COMMAND_UNSPECIFIED_VALUE,
                ErrorCode.INTERNAL,
                ErrorDetail.newBuilder().setMessage("something went wrong here").build());
    }
}
