package im.magpie.client.outbox;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages until the server says that they are durable: again over every new connection, and again when no reply
 * comes, always under the same client message id. Those of one conversation go out in their order.
 *
 * <p>Used by the client's loop only.
 */
public final class Outbox implements LinkUser {

    /** How many messages may wait. */
    public static final int MOST = 10_000;

    final ClientStore store;
    final Timings timings;
    final BiConsumer<SendRequest, SendReply> durable;
    private final Map<String, OutboxQueue> queues = new LinkedHashMap<>();
    private @Nullable Link link;
    private int size;
    private volatile long resends;

    /** @param durable hears of every message that the server has, before the one who waits for it does */
    public Outbox(ClientStore store, Timings timings, BiConsumer<SendRequest, SendReply> durable) {
        this.store = store;
        this.timings = timings;
        this.durable = durable;
        store.queued().forEach(message -> enter(new Outgoing(message, _ -> {})));
    }

    /**
     * Takes a message in; it is remembered when this returns.
     *
     * @param answered takes the server's last word: SendOk, or the failure for which it will never take the message.
     *     BUSY at once when too many wait
     * @throws java.io.UncheckedIOException when it could not be remembered, and is not taken in
     */
    public void add(SendRequest message, Consumer<Reply> answered) {
        if (size >= MOST) {
            answered.accept(Link.failure(ErrorCode.BUSY, MOST + " messages are waiting to be sent"));
            return;
        }
        store.enqueue(message);
        enter(new Outgoing(message, answered)).pump();
    }

    @Override
    public void online(Link link) {
        this.link = link;
        // A queue that runs empty leaves.
        List.copyOf(queues.values()).forEach(OutboxQueue::pump);
    }

    @Override
    public void offline() {
        link = null;
        queues.values().forEach(OutboxQueue::offline);
    }

    /** Tells everybody who waits that there will be no answer. The messages stay in the store. */
    public void abandon(Reply.Failure why) {
        queues.values().forEach(queue -> queue.abandon(why));
        queues.clear();
        size = 0;
    }

    /** Returns how many messages the server has not taken yet. */
    public int size() {
        return size;
    }

    /** Returns how often a message was offered again. Safe for use by many threads. */
    public long resends() {
        return resends;
    }

    /** The loop alone counts. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    void resent() {
        resends++;
    }

    @Nullable
    Link link() {
        return link;
    }

    /** A message has left its queue. */
    void left(OutboxQueue queue) {
        size--;
        if (queue.isEmpty()) {
            queues.remove(queue.conversationId());
        }
    }

    private OutboxQueue enter(Outgoing outgoing) {
        var queue = queues.computeIfAbsent(outgoing.message.getConversationId(), id -> new OutboxQueue(id, this));
        queue.add(outgoing);
        size++;
        return queue;
    }
}
