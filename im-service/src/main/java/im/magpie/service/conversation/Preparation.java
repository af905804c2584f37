package im.magpie.service.conversation;

import java.util.Map;

/** What is done before conversations can be read that come from the store into an epoch: what an epoch gone by stored but never settled becomes readable by this. */
@FunctionalInterface
public interface Preparation {

    /**
     * Does for all that the store has of conversations what settling it would have done. May be repeated.
     *
     * @param epoch of their partition, into which they come
     * @param shapes the conversations, each with the version of its shape as it is stored
     * @throws im.magpie.common.error.MagpieException UNAVAILABLE when it may not have been done for all
     */
    void prepare(long epoch, Map<ConversationKey, Long> shapes);
}
