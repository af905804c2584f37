package im.magpie.tcp.transport;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All open channels of clients, and how many of them there may be. Safe for use by many threads. */
public final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final int limit;

    public Admission(int limit) {
        this.limit = limit;
    }

    /** Takes a new channel, or returns false when there are too many. */
    boolean admit(Channel channel) {
        if (channels.size() >= limit) {
            LOG.warn("{} is closed: there are {} connections", channel, limit);
            return false;
        }
        channels.add(channel);
        return true;
    }

    /** Closes all channels and returns when they are closed. */
    void closeAll() {
        channels.close().awaitUninterruptibly();
    }
}
