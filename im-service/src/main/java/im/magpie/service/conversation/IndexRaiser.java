package im.magpie.service.conversation;

import java.util.Collection;

/** Tells the members of conversations that something in them may be new. */
@FunctionalInterface
public interface IndexRaiser {

    /**
     * Raises the conversations in their members' indexes. May be repeated.
     *
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when it may not have been done for all
     */
    void raise(Collection<ConversationKey> conversations);
}
