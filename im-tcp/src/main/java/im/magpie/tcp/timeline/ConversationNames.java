package im.magpie.tcp.timeline;

import im.magpie.codec.conversation.ConversationId;

/**
 * Which names of conversations are worth asking the services about. It also bounds how much memory a name takes while
 * it waits.
 */
final class ConversationNames {

    static boolean valid(String name) {
        try {
            ConversationId.parse(name);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private ConversationNames() {}
}
