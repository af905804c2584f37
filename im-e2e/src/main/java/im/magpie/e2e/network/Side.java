package im.magpie.e2e.network;

/** The two ends of a connection. */
public enum Side {
    CLIENT,
    SERVER
}
