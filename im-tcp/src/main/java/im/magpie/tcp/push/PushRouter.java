package im.magpie.tcp.push;

import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.delivery.OutgoingPush;
import im.magpie.tcp.group.GroupIndex;
import im.magpie.tcp.room.RoomIndex;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what an envelope holds to the connections that it is for, in few tasks for each event loop. Called by the threads
 * that drain the queue.
 */
public final class PushRouter {

    /**
     * How many deliveries may wait for event loops: beyond it the queue's drain waits for them, and the broker for it. What waits here keeps event loops
     * from reading acknowledgements, without which devices' windows fill.
     */
    private static final int MOST_DELIVERIES = 16_384;

    private static final int DELIVERIES_OF_A_TASK = 1_024;

    private record Delivery(Connection connection, OutgoingPush push, Span span) {

        /** For the connection's event loop. */
        void bring() {
            connection.deliveries().push(push);
            span.end();
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(PushRouter.class);

    private final Connections connections;
    private final GroupIndex groups;
    private final RoomIndex rooms;
    private final Semaphore room = new Semaphore(MOST_DELIVERIES);
    private final PushMeters meters;
    private final Tracing tracing;

    public PushRouter(
            Connections connections, GroupIndex groups, RoomIndex rooms, MeterRegistry registry, Tracing tracing) {
        this.connections = connections;
        this.groups = groups;
        this.rooms = rooms;
        this.tracing = tracing;
        this.meters = new PushMeters(registry);
    }

    /**
     * Brings all items on their way, in their order for each connection; what is for rooms goes its own way, in an order of its own. Blocks only while event loops have too much to
     * do.
     */
    public void route(PushEnvelope envelope) throws InterruptedException {
        meters.envelope(envelope.getItemsCount());
        var byLoop = new IdentityHashMap<EventLoop, List<Delivery>>();
        for (var item : envelope.getItemsList()) {
            if (item.hasRoom()) {
                rooms.pushed(item);
            } else {
                assign(item, byLoop);
            }
        }
        for (var entry : byLoop.entrySet()) {
            var deliveries = entry.getValue();
            for (var from = 0; from < deliveries.size(); from += DELIVERIES_OF_A_TASK) {
                var to = Math.min(from + DELIVERIES_OF_A_TASK, deliveries.size());
                execute(entry.getKey(), deliveries.subList(from, to));
            }
        }
    }

    private void assign(PushItem item, Map<EventLoop, List<Delivery>> byLoop) {
        var recipients = item.hasMembers() ? groups.recipients(item) : addressed(item);
        var packet = recipients.isEmpty() ? null : packet(item);
        if (packet == null) {
            return;
        }
        var push = new OutgoingPush(packet, item.getConversationId(), item.getSequence());
        for (var connection : recipients) {
            byLoop.computeIfAbsent(connection.channel().eventLoop(), _ -> new ArrayList<>())
                    .add(new Delivery(connection, push, tracing.resume("PUSH", SpanKind.CONSUMER, item.getTrace())));
        }
    }

    private List<Connection> addressed(PushItem item) {
        var found = new ArrayList<Connection>(item.getConnectionIdsCount());
        for (var i = 0; i < item.getConnectionIdsCount(); i++) {
            var connection = connections.find(item.getConnectionIds(i));
            if (connection == null) {
                meters.unconnected();
            } else {
                if (item.getMembersSince() > 0) {
                    groups.entered(connection, item);
                }
                found.add(connection);
            }
        }
        return found;
    }

    private static @Nullable EncodedPush packet(PushItem item) {
        var command = Command.forNumber(item.getCommand());
        try {
            return new EncodedPush(command == null ? Command.UNRECOGNIZED : command, item.getBody());
        } catch (IllegalArgumentException e) {
            // Of a newer release: its devices find out by their next heartbeat.
            LOG.warn("A push of command {} is dropped: {}", item.getCommand(), e.getMessage());
            return null;
        }
    }

    private void execute(EventLoop loop, List<Delivery> deliveries) throws InterruptedException {
        room.acquire(deliveries.size());
        try {
            loop.execute(() -> {
                room.release(deliveries.size());
                deliveries.forEach(Delivery::bring);
            });
        } catch (RejectedExecutionException _) {
            // The node is stopping.
            room.release(deliveries.size());
        }
    }
}
