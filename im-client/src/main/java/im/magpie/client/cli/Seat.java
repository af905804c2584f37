package im.magpie.client.cli;

import org.jspecify.annotations.Nullable;

/** Where somebody sits and chats, as commands see it. */
interface Seat {

    /** Returns the conversation that is open; null for none. */
    @Nullable
    String conversation();

    void open(String conversationId);

    /** Returns whether the device has anything of a conversation. */
    boolean knows(String conversationId);
}
