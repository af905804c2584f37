package im.magpie.client;

import im.magpie.client.connection.Backoff;
import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkEvents;
import im.magpie.client.connection.Retry;
import im.magpie.codec.packet.Push;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LoginReply;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a client connected, one connection after the other, until it is stopped or refused for good. Used by the
 * client's loop only.
 */
final class Connector {

    /** Whom the connections are for. */
    interface Owner {

        /** A connection is there and logged in. */
        void online(Link link);

        /** It is gone; the next one is on its way, unless the connector was stopped. */
        void offline();

        /** The server has written something unasked. */
        void pushed(Push push);

        /** The server will never let this client in; there are no more connections. */
        void refused(RequestFailedException why);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Connector.class);

    private final EventLoop loop;
    private final Dialer dialer;
    private final Backoff backoff;
    private final Owner owner;
    private @Nullable Link link;
    private boolean sigExpired;
    private boolean stopped;

    Connector(EventLoop loop, ClientOptions options, Owner owner) {
        this.loop = loop;
        this.dialer = new Dialer(loop, options);
        this.backoff = new Backoff(
                options.timings().firstReconnect(), options.timings().longestReconnect(), ThreadLocalRandom.current());
        this.owner = owner;
    }

    /** Leaves the connection, if there is one, and makes another: to the gateway that is named, or to any. */
    void connect(@Nullable GatewayAddress preferred) {
        drop();
        dialer.dial(preferred, new Dialer.Answer() {
            @Override
            public void loggedIn(Link link, LoginReply welcome) {
                Connector.this.loggedIn(link, welcome);
            }

            @Override
            public void failed(RequestFailedException why) {
                Connector.this.failed(why);
            }
        });
    }

    /** The connection has proved useful: when it is lost, the next one may come soon. */
    void proved() {
        backoff.reset();
    }

    /** Leaves the connection, and makes no more. */
    void stop() {
        stopped = true;
        drop();
    }

    @Nullable
    Link link() {
        return link;
    }

    private void loggedIn(Link made, LoginReply welcome) {
        if (stopped) {
            made.close();
            return;
        }
        sigExpired = false;
        link = made;
        made.loggedIn(welcome, new Events(made));
        owner.online(made);
    }

    private void failed(RequestFailedException why) {
        LOG.debug("No login: {}", why.getMessage());
        if (stopped) {
            return;
        }
        if (why.code() == ErrorCode.USER_SIG_EXPIRED && !sigExpired) {
            // It may have expired on its way. The supplier is asked once more.
            sigExpired = true;
            connect(null);
        } else if (Retry.helps(why.code())) {
            connectLater(Duration.ofMillis(why.retryAfterMillis()));
        } else {
            stopped = true;
            owner.refused(why);
        }
    }

    private void connectLater(Duration atLeast) {
        var wait = backoff.next().plus(atLeast);
        loop.schedule(
                () -> {
                    if (!stopped) {
                        connect(null);
                    }
                },
                wait.toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void drop() {
        var old = link;
        if (old != null) {
            link = null;
            owner.offline();
            old.close();
        }
    }

    /** Hears of one link, as long as it is the current one. */
    private final class Events implements LinkEvents {

        private final Link own;

        private Events(Link own) {
            this.own = own;
        }

        @Override
        public void pushed(Push push) {
            if (own == link) {
                owner.pushed(push);
            }
        }

        @Override
        public void closed() {
            if (own == link) {
                link = null;
                owner.offline();
                connectLater(Duration.ZERO);
            }
        }
    }
}
