package im.magpie.service.timeline;

import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.service.conversation.Head;
import java.util.List;

/**
 * What a reader gets of a range.
 *
 * @param head how far the conversation could be read at that moment
 * @param to where the page ends: a sequence up to it that is not among the messages is one that nobody will ever have
 * @param messages as changes have left them, in the order of their sequences
 * @param outlivedSequence everything up to it has outlived its retention and is deleted, whether the page ends before or behind it; 0 where that is not known of
 *     anything
 */
public record MessagePage(Head head, long to, List<ChatMessage> messages, long outlivedSequence) {

    /**
     * Returns up to where there is nothing more to be read of a range than these messages: where the page ends within what has outlived its retention, all
     * of that is covered as well.
     *
     * @param end where the range ends, which may be behind the page
     */
    long coveredTo(long end) {
        return Math.max(to, Math.min(outlivedSequence, end));
    }

    /** Returns the same range without what the reader has deleted. */
    MessagePage without(PersonalSettings personal) {
        return new MessagePage(head, to, Deletions.without(personal, messages), outlivedSequence);
    }
}
