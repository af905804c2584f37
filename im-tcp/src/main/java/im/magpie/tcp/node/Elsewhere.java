package im.magpie.tcp.node;

import im.magpie.common.node.GatewayNode;
import im.magpie.tcp.connection.Connection;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/**
 * Tells a client where else to connect: {@code host:port} of any other node for its transport, or nothing where there
 * is none.
 */
record Elsewhere(List<GatewayNode> others) implements Function<Connection, String> {

    @Override
    public String apply(Connection connection) {
        if (others.isEmpty()) {
            return "";
        }
        var node = others.get(ThreadLocalRandom.current().nextInt(others.size()));
        var webSocket = connection.channel().pipeline().get(WebSocketServerProtocolHandler.class) != null;
        return node.host() + ":" + (webSocket ? node.webSocketPort() : node.tcpPort());
    }
}
