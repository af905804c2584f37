package im.magpie.service.export;

import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Head;
import im.magpie.service.timeline.MessageReader;
import java.io.IOException;
import org.springframework.stereotype.Component;

/**
 * Writes all that is kept of a conversation, also what its people have deleted for themselves. Goes through it a page at a time.
 *
 * <p>Blocks; meant for virtual threads; safe for use by many.
 */
@Component
final class ConversationExport {

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
        var head = conversations.head(conversation);
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
            var page = messages.next(NOBODY, conversation, after, head.sequence());
            for (var message : page.messages()) {
                out.write("message", message);
            }
            after = page.to();
        }
    }
}
