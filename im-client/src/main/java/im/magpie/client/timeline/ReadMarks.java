package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Retry;
import im.magpie.client.connection.Timings;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.ReadRequest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the user has read, as this device knows it. The server is told until it answers, over the next connections
 * too, and again when it turns out to know less. Used by the client's loop only.
 */
public final class ReadMarks implements LinkUser {

    private static final class Mark {
        long read;
        long told;
        boolean underWay;
    }

    private final Timings timings;
    private final Map<String, Mark> marks = new HashMap<>();
    private @Nullable Link link;

    public ReadMarks(Timings timings) {
        this.timings = timings;
    }

    /** The user has read everything up to a sequence. */
    public void read(String conversationId, long sequence) {
        var mark = marks.computeIfAbsent(conversationId, _ -> new Mark());
        mark.read = Math.max(mark.read, sequence);
        tell(conversationId, mark);
    }

    /** This is how the server sees a conversation. */
    public void seen(ConversationEntry conversation) {
        var mark = marks.get(conversation.getConversationId());
        if (mark != null && conversation.getReadSequence() < mark.told) {
            mark.told = conversation.getReadSequence();
            tell(conversation.getConversationId(), mark);
        }
    }

    @Override
    public void online(Link link) {
        this.link = link;
        marks.forEach(this::tell);
    }

    @Override
    public void offline() {
        link = null;
        marks.values().forEach(mark -> mark.underWay = false);
    }

    private void tell(String conversationId, Mark mark) {
        var to = link;
        if (to == null || mark.underWay || mark.told >= mark.read) {
            return;
        }
        mark.underWay = true;
        var telling = mark.read;
        to.request(id -> new Request.Read(id, request(conversationId, telling)), timings.reply(), reply -> {
            if (to != link) {
                return;
            }
            if (reply instanceof Reply.Failure failure && Retry.helps(failure.code())) {
                to.later(Retry.after(reply, timings), () -> again(conversationId, mark));
            } else {
                // Told, or refused for good: either way there is nothing left to say.
                mark.told = Math.max(mark.told, telling);
                again(conversationId, mark);
            }
        });
    }

    private void again(String conversationId, Mark mark) {
        mark.underWay = false;
        tell(conversationId, mark);
    }

    private static ReadRequest request(String conversationId, long sequence) {
        return ReadRequest.newBuilder()
                .addPositions(ConversationPosition.newBuilder()
                        .setConversationId(conversationId)
                        .setSequence(sequence))
                .build();
    }
}
