package im.magpie.service.timeline;

import static java.util.stream.Collectors.groupingBy;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.MessageState;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.WindowPage;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.message.ChatMessages;
import im.magpie.service.message.CurrentMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Reads messages in their newest state: from the window first, then what is not there from the store. In this order nothing is missed, because a
 * message leaves the window only after the store has committed it, and a change only after the store has made it. What has outlived its retention is not read,
 * wherever it still lies.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
public final class MessageReader {

    private static final int MESSAGES_AT_ONCE = 100;

    private final ConversationLog conversations;
    private final StoredRanges store;
    private final ToLongFunction<String> keptSince;

    /** @param keptSince of an app, the time of the oldest messages that are read, unix milliseconds; asked once a page */
    public MessageReader(ConversationLog conversations, StoredRanges store, ToLongFunction<String> keptSince) {
        this.conversations = conversations;
        this.store = store;
        this.keptSince = keptSince;
    }

    /**
     * Returns a page of each range, in their order.
     *
     * @param readerId whose own reactions are told from others'
     * @throws MagpieException UNAVAILABLE when Redis or the store did not answer
     */
    public List<MessagePage> read(String readerId, List<WindowRange> ranges) {
        var since = ranges.stream()
                .mapToLong(range -> keptSince.applyAsLong(range.conversation().appId()))
                .toArray();
        var windows = kept(conversations.read(ranges), since);
        var stored = store.fill(readerId, ranges, windows);
        var pages = new ArrayList<MessagePage>(ranges.size());
        for (var i = 0; i < ranges.size(); i++) {
            var window = windows.get(i);
            var found = stored.get(i);
            found.dropBefore(since[i]);
            pages.add(new MessagePage(
                    window.head(), window.to(), current(readerId, window, found), found.outlivedSequence()));
        }
        return pages;
    }

    /**
     * Returns the next page of a conversation to who goes through it.
     *
     * @param after up to where he has gone
     * @param end up to where he goes, the head at most; behind {@code after}
     * @return a page that ends behind {@code after}, where what it covers ends
     * @throws MagpieException UNAVAILABLE when Redis or the store did not answer
     */
    public MessagePage next(String readerId, ConversationKey conversation, long after, long end) {
        var to = Math.min(end, after + MESSAGES_AT_ONCE);
        var range = new WindowRange(conversation, after, to, (int) (to - after));
        var page = read(readerId, List.of(range)).getFirst();
        var covered = page.coveredTo(end);
        if (covered <= after) {
            throw new MagpieException(ErrorCode.INTERNAL, "a page of a conversation covers nothing");
        }
        return new MessagePage(page.head(), covered, page.messages(), page.outlivedSequence());
    }

    /** Returns the windows without what has outlived its retention: the store is asked for that, which knows up to where it is gone. */
    private static List<WindowPage> kept(List<WindowPage> windows, long[] since) {
        var kept = new ArrayList<WindowPage>(windows.size());
        for (var i = 0; i < windows.size(); i++) {
            kept.add(windows.get(i).since(since[i]));
        }
        return kept;
    }

    private static List<ChatMessage> current(String readerId, WindowPage window, StoredRanges.Found found) {
        var changes = window.changes().stream().collect(groupingBy(AcceptedMessage::getTarget));
        return found.messages().values().stream()
                .map(message -> {
                    var place = message.getSequence();
                    var state = found.states().getOrDefault(place, MessageState.getDefaultInstance());
                    var later = changes.getOrDefault(place, List.of());
                    return later.isEmpty() && state.getChangedSequence() == 0
                            ? ChatMessages.asRead(message)
                            : new CurrentMessage(message, state, readerId)
                                    .changedBy(later)
                                    .toChat();
                })
                .toList();
    }
}
