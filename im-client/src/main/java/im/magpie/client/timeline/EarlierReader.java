package im.magpie.client.timeline;

import im.magpie.client.connection.Link;
import im.magpie.client.store.ClientStore;
import im.magpie.codec.content.Contents;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PersonalSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Goes back through a conversation until enough messages are found: through what the device holds for as far as that is whole, else through what the
 * server has. Entries that only change other messages are none. Used by the client's loop only.
 */
public final class EarlierReader {

    /** How many sequences are asked for at once where hardly any has a message, or a limit of more. */
    private static final long WIDEST = 4_096;

    private final ClientStore store;
    private final @Nullable Link link;
    private final Duration timeout;
    private final String conversationId;
    private final int limit;
    private final HistoryReader.Reader reader;
    private final PersonalSettings settings;
    private final Deque<ChatMessage> found = new ArrayDeque<>();
    /** Everything above, up to where the reading began, has been looked through. */
    private long end;
    /** Nothing is to be found up to here. */
    private long beginning;

    private long width;

    /**
     * Of the last messages up to a sequence.
     *
     * @param link null while there is none: then only what the device holds can be read
     * @param end up to where the device has heard of messages, at most
     * @param limit how many messages, 1 at least; fewer are read only where the conversation begins
     */
    public EarlierReader(
            ClientStore store,
            @Nullable Link link,
            Duration timeout,
            String conversationId,
            long end,
            int limit,
            HistoryReader.Reader reader) {
        this.store = store;
        this.link = link;
        this.timeout = timeout;
        this.conversationId = conversationId;
        this.end = end;
        this.limit = limit;
        this.reader = reader;
        this.settings = store.settings(conversationId);
        this.beginning = settings.getDeletedUntil();
        this.width = limit;
    }

    /** Reads them, once. */
    public void read() {
        goOn();
    }

    private void goOn() {
        takeHeld();
        if (isComplete()) {
            reader.read(List.copyOf(found), beginning);
        } else if (link == null) {
            reader.failed(Link.failure(ErrorCode.UNAVAILABLE, "there is no connection"));
        } else {
            ask(link);
        }
    }

    private boolean isComplete() {
        return found.size() == limit || end <= beginning;
    }

    /** Takes what the device holds, down to where a message may be missing, or is not held in its newest state. */
    private void takeHeld() {
        var stale = store.stale().getOrDefault(conversationId, Collections.emptySortedMap());
        var before = end + 1;
        while (!isComplete() && end < before) {
            before = end;
            takeHeld(Math.max(beginning, end - limit), stale);
        }
    }

    private void takeHeld(long after, SortedMap<Long, Long> stale) {
        var held = new HashMap<Long, ChatMessage>();
        store.messages(conversationId, after, end).forEach(message -> held.put(message.getSequence(), message));
        while (end > after && found.size() < limit && !stale.containsKey(end)) {
            var message = held.get(end);
            if (message != null) {
                take(message);
            } else if (!Deletions.has(settings, end)) {
                return;
            }
            end--;
        }
    }

    private void ask(Link from) {
        var after = Math.max(beginning, end - width);
        width = Math.max(width, Math.min(WIDEST, 2 * width));
        HistoryReader.read(from, timeout, conversationId, after, end, new HistoryReader.Reader() {
            @Override
            public void read(List<ChatMessage> messages, long outlived) {
                messages.reversed().forEach(EarlierReader.this::take);
                beginning = Math.max(beginning, outlived);
                end = after;
                goOn();
            }

            @Override
            public void failed(Reply.Failure why) {
                reader.failed(why);
            }
        });
    }

    private void take(ChatMessage message) {
        if (found.size() < limit
                && !Contents.isChange(message.getContent())
                && !Deletions.has(settings, message.getSequence())) {
            found.addFirst(message);
        }
    }
}
