package im.magpie.infrastructure;

/** Where a server listens and who may log in. */
public record ServerAddress(String host, int port, Credentials credentials) {

    /** The address at which only this machine is reached. */
    public static final String LOOPBACK = "127.0.0.1";

    static ServerAddress onLoopback(int port, String user, String password) {
        return new ServerAddress(LOOPBACK, port, new Credentials(user, password));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
