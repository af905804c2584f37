package im.magpie.tcp.connection;

import im.magpie.codec.packet.Packet;
import im.magpie.common.rpc.SessionRef;
import im.magpie.tcp.delivery.Deliveries;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.rate.ConnectionRate;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.util.AttributeKey;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A live connection of a device. Methods may be called by any thread where they don't say otherwise. */
public final class Connection {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final AttributeKey<Connection> KEY = AttributeKey.valueOf(Connection.class, "connection");

    private final long id;
    private final Channel channel;
    private final Deliveries deliveries;
    private final ConnectionRate rate;
    private volatile @Nullable SessionRef session;
    private boolean ended;

    private Connection(
            long id, Channel channel, DeliverySettings settings, DeliveryMeters meters, ConnectionRate rate) {
        this.id = id;
        this.channel = channel;
        this.rate = rate;
        this.deliveries = new Deliveries(channel, settings, meters, kicked -> lastWords(kicked.packet()));
    }

    /**
     * Makes the connection of a new channel.
     *
     * @param id differs from all other ids of this life of the node
     */
    public static Connection open(
            long id, Channel channel, DeliverySettings settings, DeliveryMeters meters, ConnectionRate rate) {
        var connection = new Connection(id, channel, settings, meters, rate);
        channel.attr(KEY).set(connection);
        channel.closeFuture().addListener(_ -> connection.deliveries.close());
        return connection;
    }

    /** Returns the connection of a channel that has one. */
    public static Connection of(Channel channel) {
        var connection = channel.attr(KEY).get();
        if (connection == null) {
            throw new IllegalStateException("a channel without a connection");
        }
        return connection;
    }

    public long id() {
        return id;
    }

    public Channel channel() {
        return channel;
    }

    /** Returns the connection's pushes, which its event loop alone may touch. */
    public Deliveries deliveries() {
        return deliveries;
    }

    /** Returns how fast it may go on, which its event loop alone may ask. */
    public ConnectionRate rate() {
        return rate;
    }

    /** Says whose connection it is; called once, by its event loop, before its login is answered. */
    public void loggedIn(SessionRef session) {
        this.session = session;
    }

    /** Returns whose connection it is, or null before its login. */
    public @Nullable SessionRef session() {
        return session;
    }

    /** Returns whose connection it is, where it is known to have logged in. */
    public SessionRef requireSession() {
        var known = session;
        if (known == null) {
            throw new IllegalStateException("connection %d has not logged in".formatted(id));
        }
        return known;
    }

    /** Writes a packet, unless the connection is closed. */
    public void write(Packet packet) {
        execute(() -> {
            if (channel.isOpen()) {
                channel.writeAndFlush(packet).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
            }
        });
    }

    /** Writes a packet and closes behind it; nothing else is read or pushed. */
    public void lastWords(Packet packet) {
        execute(() -> {
            ended = true;
            deliveries.close();
            LastWords.write(channel, packet);
        });
    }

    /** Returns whether the last words are spoken, so that nothing is answered any more. For its event loop. */
    public boolean ended() {
        return ended;
    }

    /**
     * Runs a task on the connection's event loop: at once when called on it, and not at all when the node has stopped.
     */
    public void execute(Runnable task) {
        if (channel.eventLoop().inEventLoop()) {
            task.run();
            return;
        }
        try {
            channel.eventLoop().execute(task);
        } catch (RejectedExecutionException e) {
            LOG.debug("Connection {} is gone with its event loop", id, e);
        }
    }

    /** Runs a task, by any thread, once the connection is closed: at once when it is. */
    public void onClose(Runnable task) {
        if (channel.isOpen()) {
            channel.closeFuture().addListener(_ -> task.run());
        } else {
            task.run();
        }
    }
}
