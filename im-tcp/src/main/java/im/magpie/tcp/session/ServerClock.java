package im.magpie.tcp.session;

import java.time.InstantSource;

/** The services' clock, estimated from what their answers said. Safe for use by many threads. */
public final class ServerClock {

    private final InstantSource own;
    private volatile long ahead;

    /** Makes a clock that trusts this machine's until it has heard the services'. */
    public ServerClock(InstantSource own) {
        this.own = own;
    }

    /** Takes the services' time from an answer that just came, in Unix milliseconds. */
    public void heard(long serverTime) {
        ahead = serverTime - own.millis();
    }

    /** Returns the services' time in Unix milliseconds. */
    public long millis() {
        return own.millis() + ahead;
    }
}
