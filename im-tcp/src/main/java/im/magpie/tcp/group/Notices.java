package im.magpie.tcp.group;

import im.magpie.codec.packet.EncodedPush;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.delivery.OutgoingPush;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells connections that there is something in their groups: the newest place of each, and no connection more often than
 * once in an interval. An idle node tells at once. What waits for a whole group costs the same however many are in it.
 * Safe for use by many threads.
 */
public final class Notices {

    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

    /** How many single connections wait to be told of something; those on top are told to SYNC. */
    private static final int MOST_SINGLE = 100_000;

    private record Notice(Connection connection, OutgoingPush push) {}

    private final Duration interval;
    private final GroupMeters meters;
    private final Semaphore waiting = new Semaphore(0);
    private Map<LocalMembers, Long> groups = new HashMap<>();
    private Map<Connection, Map<String, Long>> single = new HashMap<>();
    private int singles;

    /** @param interval that lies between two notices of a connection at least */
    public Notices(Duration interval, GroupMeters meters) {
        this.interval = interval;
        this.meters = meters;
    }

    /** Everybody in a group has to be told. Never blocks. */
    synchronized void tell(LocalMembers group, long place) {
        groups.merge(group, place, Math::max);
        wake();
    }

    /** One connection has to be told. Never blocks. */
    void tell(Connection connection, String conversationId, long place) {
        if (!put(connection, conversationId, place)) {
            connection.execute(() -> connection.deliveries().leaveOut());
        }
    }

    private synchronized boolean put(Connection connection, String conversationId, long place) {
        var places = single.get(connection);
        if (places == null || !places.containsKey(conversationId)) {
            if (singles == MOST_SINGLE) {
                return false;
            }
            singles++;
        }
        single.computeIfAbsent(connection, _ -> new HashMap<>()).merge(conversationId, place, Math::max);
        wake();
        return true;
    }

    private void wake() {
        if (waiting.availablePermits() == 0) {
            waiting.release();
        }
    }

    /** Tells what waits, as soon as something does, and then lets an interval pass. */
    void step() throws InterruptedException {
        waiting.acquire();
        flush();
        Thread.sleep(interval);
    }

    /** Tells what waits. */
    void flush() {
        Map<LocalMembers, Long> all;
        Map<Connection, Map<String, Long>> places;
        synchronized (this) {
            all = groups;
            places = single;
            groups = new HashMap<>();
            single = new HashMap<>();
            singles = 0;
        }
        all.forEach((group, place) -> group.connections()
                .forEach(connection -> places.computeIfAbsent(connection, _ -> new HashMap<>())
                        .merge(group.name().conversationId(), place, Math::max)));
        meters.notices(places.size());
        send(places);
    }

    /** Connections that are told the same share the bytes. */
    private static void send(Map<Connection, Map<String, Long>> places) {
        var encoded = new HashMap<Map<String, Long>, OutgoingPush>();
        var byLoop = new IdentityHashMap<EventLoop, List<Notice>>();
        places.forEach((connection, newest) -> byLoop.computeIfAbsent(
                        connection.channel().eventLoop(), _ -> new ArrayList<>())
                .add(new Notice(connection, encoded.computeIfAbsent(newest, Notices::push))));
        byLoop.forEach((loop, notices) -> {
            try {
                loop.execute(() -> notices.forEach(
                        notice -> notice.connection().deliveries().push(notice.push())));
            } catch (RejectedExecutionException e) {
                LOG.debug("{} notices are gone with their event loop", notices.size(), e);
            }
        });
    }

    private static OutgoingPush push(Map<String, Long> newest) {
        var body = NoticePush.newBuilder();
        newest.forEach((conversationId, place) -> body.addPositions(ConversationPosition.newBuilder()
                .setConversationId(conversationId)
                .setSequence(place)));
        return new OutgoingPush(new EncodedPush(Command.NOTICE, body.build().toByteString()), "", 0);
    }
}
