package im.magpie.common.node;

/**
 * One life of a gateway.
 *
 * @param nodeId the node's configured name, the same over its lives
 * @param incarnation names this life of it; routing key of its pushes
 * @param host where clients reach it
 * @param tcpPort the port that speaks frames over TCP
 * @param webSocketPort the port that speaks frames and JSON over WebSocket, at {@code /im}
 * @param connections how many connections it held when it last said so
 * @param ready whether it could serve its clients when it last said so; one that can't is better than none
 */
public record GatewayNode(
        String nodeId,
        String incarnation,
        String host,
        int tcpPort,
        int webSocketPort,
        int connections,
        boolean ready) {

    /** One life of a gateway that can serve its clients. */
    public GatewayNode(
            String nodeId, String incarnation, String host, int tcpPort, int webSocketPort, int connections) {
        this(nodeId, incarnation, host, tcpPort, webSocketPort, connections, true);
    }
}
