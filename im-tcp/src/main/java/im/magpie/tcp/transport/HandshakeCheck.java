package im.magpie.tcp.transport;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets a WebSocket handshake through if it asks for the right path and, coming from a web page, names an origin that is
 * allowed.
 */
final class HandshakeCheck extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final String ANY = "*";

    private final String path;
    private final List<String> allowedOrigins;

    HandshakeCheck(String path, List<String> allowedOrigins) {
        super(FullHttpRequest.class);
        this.path = path;
        this.allowedOrigins = allowedOrigins;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            refuse(ctx, HttpResponseStatus.BAD_REQUEST);
        } else if (!new QueryStringDecoder(request.uri()).path().equals(path)) {
            refuse(ctx, HttpResponseStatus.NOT_FOUND);
        } else if (!allowed(request.headers().get(HttpHeaderNames.ORIGIN))) {
            refuse(ctx, HttpResponseStatus.FORBIDDEN);
        } else {
            ctx.fireChannelRead(request.retain());
            ctx.pipeline().remove(this);
        }
    }

    private boolean allowed(@Nullable String origin) {
        return origin == null || allowedOrigins.contains(ANY) || allowedOrigins.contains(origin);
    }

    private static void refuse(ChannelHandlerContext ctx, HttpResponseStatus status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0).set(HttpHeaderNames.CONNECTION, "close");
        ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
