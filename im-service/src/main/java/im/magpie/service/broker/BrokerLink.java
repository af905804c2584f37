package im.magpie.service.broker;

import com.rabbitmq.client.BlockedListener;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionListener;

/** Whether a publisher's connection takes anything: a broker that is short of memory or disk blocks it, without closing it. */
final class BrokerLink implements ConnectionListener, BlockedListener {

    private static final Logger log = LoggerFactory.getLogger(BrokerLink.class);

    private final ConnectionFactory connections;

    /** Done while the connection is not blocked. */
    private volatile CompletableFuture<Void> open = CompletableFuture.completedFuture(null);

    private BrokerLink(ConnectionFactory connections) {
        this.connections = connections;
    }

    static BrokerLink of(ConnectionFactory connections) {
        var link = new BrokerLink(connections);
        connections.addConnectionListener(link);
        return link;
    }

    /** Returns whether something published now would reach the broker; connects, where there is no connection. */
    boolean ready() {
        if (!open.isDone()) {
            return false;
        }
        try {
            return connections.createConnection().isOpen() && open.isDone();
        } catch (AmqpException e) {
            log.debug("The broker can't be reached", e);
            return false;
        }
    }

    void awaitUnblocked() throws InterruptedException {
        try {
            open.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing fails this future", e);
        }
    }

    @Override
    public void onCreate(@Nullable Connection connection) {
        open.complete(null);
        if (connection != null) {
            connection.addBlockedListener(this);
        }
    }

    /** A closed connection is no longer a blocked one; the next may be told the same again. */
    @Override
    public void onShutDown(ShutdownSignalException signal) {
        open.complete(null);
    }

    @Override
    public void handleBlocked(String reason) {
        if (open.isDone()) {
            open = new CompletableFuture<>();
            log.warn("The broker has blocked publishing: {}", reason);
        }
    }

    @Override
    public void handleUnblocked() {
        if (open.complete(null)) {
            log.info("The broker takes messages again");
        }
    }
}
