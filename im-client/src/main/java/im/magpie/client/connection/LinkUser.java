package im.magpie.client.connection;

/** Works over whatever connection there is. Called on the client's loop. */
public interface LinkUser {

    /** A connection is there and logged in. */
    void online(Link link);

    /** The connection is gone, or no longer to be used; the answers of its requests mean nothing any more. */
    void offline();
}
