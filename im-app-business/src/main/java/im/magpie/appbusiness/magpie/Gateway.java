package im.magpie.appbusiness.magpie;

/** Where one gateway is reached: frames over TCP, frames and JSON over WebSocket at {@code /im}. */
public record Gateway(String nodeId, String host, int tcpPort, int webSocketPort) {}
