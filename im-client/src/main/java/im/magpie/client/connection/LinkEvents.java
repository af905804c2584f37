package im.magpie.client.connection;

import im.magpie.codec.packet.Push;

/** What a {@link Link} has to tell, on its event loop. */
public interface LinkEvents {

    /** The server has written something unasked. */
    void pushed(Push push);

    /** The connection is gone; the waiting requests fail next. Said once. */
    void closed();
}
