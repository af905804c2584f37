package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads a range of a conversation, page by page. Used by the client's loop only. */
public final class HistoryReader {

    /** Hears the end of a reading: one of the two. */
    public interface Reader {

        /**
         * Takes the messages of the range, in order.
         *
         * @param outlived nothing is to be read up to this sequence any more, as far as that is known; 0 where it is not
         */
        void read(List<ChatMessage> messages, long outlived);

        void failed(Reply.Failure why);
    }

    private final Link link;
    private final Duration timeout;
    private final String conversationId;
    private final long to;
    private final Reader reader;
    private final List<ChatMessage> messages = new ArrayList<>();
    private long outlived;

    private HistoryReader(Link link, Duration timeout, String conversationId, long to, Reader reader) {
        this.link = link;
        this.timeout = timeout;
        this.conversationId = conversationId;
        this.to = to;
        this.reader = reader;
    }

    /**
     * Reads (after, to].
     *
     * @param to 0 for the newest
     */
    public static void read(Link link, Duration timeout, String conversationId, long after, long to, Reader reader) {
        new HistoryReader(link, timeout, conversationId, to, reader).pull(after);
    }

    private void pull(long after) {
        var range = PullRange.newBuilder()
                .setConversationId(conversationId)
                .setAfterSequence(after)
                .setToSequence(to);
        var request = PullRequest.newBuilder().addRanges(range).build();
        link.request(id -> new Request.Pull(id, request), timeout, reply -> {
            switch (reply) {
                case Reply.PullOk ok -> take(after, ok.body());
                case Reply.Failure failure -> reader.failed(failure);
                default ->
                    reader.failed(Link.failure(ErrorCode.INTERNAL, "a PULL was answered with " + reply.command()));
            }
        });
    }

    private void take(long after, PullReply page) {
        var covered = after;
        for (var range : page.getRangesList()) {
            if (range.getConversationId().equals(conversationId)) {
                messages.addAll(range.getMessagesList());
                covered = Math.max(covered, range.getToSequence());
                outlived = Math.max(outlived, range.getOutlivedSequence());
            }
        }
        var complete = to != 0 && covered >= to;
        if (complete || !page.getMore() || covered == after) {
            reader.read(List.copyOf(messages), outlived);
        } else {
            pull(covered);
        }
    }
}
