package im.magpie.service.conversation;

import java.util.Map;

/** Tells the members of conversations that something in them may be new. */
@FunctionalInterface
public interface IndexRaiser {

    /**
     * Raises the conversations in their members' indexes. May be repeated.
     *
     * @param shapes the conversations, each with the version of its shape
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when it may not have been done for all
     */
    void raise(Map<ConversationKey, Long> shapes);
}
