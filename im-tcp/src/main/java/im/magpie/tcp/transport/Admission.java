package im.magpie.tcp.transport;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
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
    private final Counter refused;

    public Admission(int limit, MeterRegistry registry) {
        this.limit = limit;
        this.refused = Counter.builder("magpie.gateway.refused.connections")
                .description("Connections closed at once, because there were too many")
                .baseUnit("connections")
                .register(registry);
        Gauge.builder("magpie.gateway.connections", channels, ChannelGroup::size)
                .description("Open connections, logged in or not")
                .baseUnit("connections")
                .register(registry);
    }

    /** Takes a new channel, or returns false when there are too many. */
    boolean admit(Channel channel) {
        if (channels.size() >= limit) {
            refused.increment();
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
