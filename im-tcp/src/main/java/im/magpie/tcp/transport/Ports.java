package im.magpie.tcp.transport;

/** Where a node listens. */
public record Ports(int tcp, int webSocket) {}
