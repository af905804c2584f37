package im.magpie.service.export;

import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.timeline.MessageReader;
import java.io.IOException;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Writes all that is kept of a conversation, also what its people have deleted for themselves. Goes through it a page at a time.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
@Component
final class ConversationExport {

    private static final int MESSAGES_AT_ONCE = 100;
    private static final String NOBODY = "";

    private final ConversationLog conversations;
    private final MessageReader messages;

    ConversationExport(ConversationLog conversations, MessageReader messages) {
        this.conversations = conversations;
        this.messages = messages;
    }

    /**
     * Returns how far a conversation goes.
     *
     * @throws MagpieException NOT_FOUND where nothing was ever said in it
     */
    Head require(ConversationKey conversation) {
        var head = conversations.heads(List.of(conversation)).getOrDefault(conversation, new Head(0, 0));
        if (head.sequence() == 0) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "there is no such conversation");
        }
        return head;
    }

    /** @throws MagpieException NOT_FOUND, before anything is written; UNAVAILABLE when Redis or the store did not answer */
    void write(ConversationKey conversation, JsonLines out) throws IOException {
        var head = require(conversation);
        out.write(
                "conversation",
                ConversationEntry.newBuilder()
                        .setConversationId(conversation.conversationId())
                        .setNewestSequence(head.sequence())
                        .setNewestOrdinal(head.ordinal())
                        .build());
        var after = 0L;
        while (after < head.sequence()) {
            var to = Math.min(head.sequence(), after + MESSAGES_AT_ONCE);
            var range = new WindowRange(conversation, after, to, (int) (to - after));
            var page = messages.read(NOBODY, List.of(range)).getFirst();
            for (var message : page.messages()) {
                out.write("message", message);
            }
            var covered = page.coveredTo(head.sequence());
            if (covered <= after) {
                throw new MagpieException(ErrorCode.INTERNAL, "a page of an export covers nothing");
            }
            after = covered;
        }
    }
}
