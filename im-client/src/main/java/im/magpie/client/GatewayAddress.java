package im.magpie.client;

import org.jspecify.annotations.Nullable;

/** Where a gateway takes frames over TCP. */
public record GatewayAddress(String host, int port) {

    /** Reads {@code host:port}; null where there is no such thing. */
    static @Nullable GatewayAddress parse(String text) {
        var colon = text.lastIndexOf(':');
        if (colon < 1) {
            return null;
        }
        try {
            var port = Integer.parseInt(text.substring(colon + 1));
            return port < 1 || port > 65_535 ? null : new GatewayAddress(text.substring(0, colon), port);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
