package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.client.store.ClientStore;
import im.magpie.client.store.ReadMark;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.ReadRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How far the user has read, as this device knows it and its store remembers. The server is told until it answers, over the next connections
 * too, and again when it turns out to know less than it did, whoever had told it. Used by the client's loop only.
 */
public final class ReadMarks implements LinkUser {

    private final ClientStore store;
    private final Timings timings;
    private final Map<String, ReadMark> marks;
    /** The conversations of which the server is just being told. */
    private final Set<String> underWay = new HashSet<>();

    private @Nullable Link link;

    public ReadMarks(ClientStore store, Timings timings) {
        this.store = store;
        this.timings = timings;
        this.marks = new HashMap<>(store.readMarks());
    }

    /** The user has read everything up to a sequence. */
    public void read(String conversationId, long sequence) {
        var before = mark(conversationId);
        if (sequence > before.read()) {
            remember(conversationId, new ReadMark(sequence, before.told()));
            tell(conversationId);
        }
    }

    /** The server says that the user has read so far, on whatever device, or by coming into a group. */
    public void heard(String conversationId, long sequence) {
        if (sequence > mark(conversationId).read()) {
            remember(conversationId, new ReadMark(sequence, sequence));
        }
    }

    /** This is how the server sees a conversation. */
    public void seen(ConversationEntry conversation) {
        var id = conversation.getConversationId();
        heard(id, conversation.getReadSequence());
        var mark = mark(id);
        if (conversation.getReadSequence() < mark.told()) {
            remember(id, new ReadMark(mark.read(), conversation.getReadSequence()));
            tell(id);
        }
    }

    @Override
    public void online(Link link) {
        this.link = link;
        List.copyOf(marks.keySet()).forEach(this::tell);
    }

    @Override
    public void offline() {
        link = null;
        underWay.clear();
    }

    private ReadMark mark(String conversationId) {
        return marks.getOrDefault(conversationId, ReadMark.NONE);
    }

    private void remember(String conversationId, ReadMark mark) {
        store.readMark(conversationId, mark);
        marks.put(conversationId, mark);
    }

    private void tell(String conversationId) {
        var to = link;
        var telling = mark(conversationId);
        if (to == null || telling.told() >= telling.read() || !underWay.add(conversationId)) {
            return;
        }
        to.request(id -> new Request.Read(id, request(conversationId, telling.read())), timings.reply(), reply -> {
            if (to != link) {
                return;
            }
            if (reply instanceof Reply.Failure failure && Retry.helps(failure.code())) {
                to.later(Retry.after(reply, timings), () -> again(conversationId));
            } else {
                // Told, or refused for good: either way there is nothing left to say.
                var now = mark(conversationId);
                remember(conversationId, new ReadMark(now.read(), Math.max(now.told(), telling.read())));
                again(conversationId);
            }
        });
    }

    private void again(String conversationId) {
        underWay.remove(conversationId);
        tell(conversationId);
    }

    private static ReadRequest request(String conversationId, long sequence) {
        return ReadRequest.newBuilder()
                .addPositions(ConversationPosition.newBuilder()
                        .setConversationId(conversationId)
                        .setSequence(sequence))
                .build();
    }
}
