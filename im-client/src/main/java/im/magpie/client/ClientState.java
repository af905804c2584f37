package im.magpie.client;

/** How a client stands to its server. */
public enum ClientState {
    /** No connection yet, or not any more: one is being made or waited for. */
    CONNECTING,
    /** Logged in. */
    ONLINE,
    /** Refused, kicked or closed: this client does not connect again. */
    CLOSED
}
