package im.magpie.service.conversation;

import im.magpie.common.broker.AcceptedMessage;
import java.util.List;

/**
 * What the window had of a range.
 *
 * @param head how far the conversation could be read at that moment
 * @param to where the page ends: the range's end, the limit, or the head, whichever comes first. A sequence of (after, to] that is not
 *     among the messages is in the store, or is one that nobody will ever have
 * @param messages as they were accepted, in the order of their sequences
 * @param changes the changes of messages of (after, to], in or out of the window, that the store may not have made yet; in any order
 */
public record WindowPage(Head head, long to, List<AcceptedMessage> messages, List<AcceptedMessage> changes) {

    /** Returns the page without the messages that are older than this, unix milliseconds: itself where there are none. */
    public WindowPage since(long time) {
        // Server times never fall within a conversation.
        if (messages.isEmpty() || messages.getFirst().getServerTime() >= time) {
            return this;
        }
        var left = messages.stream()
                .dropWhile(message -> message.getServerTime() < time)
                .toList();
        return new WindowPage(head, to, left, changes);
    }
}
