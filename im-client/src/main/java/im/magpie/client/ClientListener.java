package im.magpie.client;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;

/**
 * Hears what happens to a client. Calls come one at a time, in order, on a virtual thread of the client's own, which
 * may be blocked: what comes meanwhile waits.
 */
public interface ClientListener {

    /**
     * A message is new to this device: from somebody else, from another device of the user, or sent by this client and
     * now durable; of a conversation that the device has not known, also the latest ones from before. It is in the
     * store already. Within a conversation messages come in the order of their sequences, each once in the life of the
     * client's store. An event of a group is one too, of who has done it; nobody has to read it ({@link
     * im.magpie.codec.content.Contents#isCounted}).
     */
    default void onMessage(ChatMessage message) {}

    /**
     * A message that this device has was recalled, edited or reacted to; this is its newest state, which is in the store already. Several
     * changes may show in one state.
     */
    default void onChanged(ChatMessage message) {}

    /** The user has made something else of a conversation: here, or on another device. The store has it already. */
    default void onSettings(String conversationId, PersonalSettings settings) {}

    /** Somebody is writing in a conversation; over by itself after a few seconds. */
    default void onTyping(String conversationId, String userId) {}

    /**
     * Somebody has got or read messages: the other side, or the user on another device. In the life of the client's store it never says less
     * than was said before, nor does {@link #onConversation}.
     */
    default void onReceipt(Receipt receipt) {}

    /**
     * A conversation has changed while this client was not told; its messages have been handed over before. That of a group which the user has left goes only up to
     * the newest message that he may read.
     */
    default void onConversation(ConversationEntry conversation) {}

    /**
     * Somebody asks to be let into a group of which the user is an admin, or the user himself asks it on any of his devices; or that is decided. Who was offline then hears
     * nothing of it: {@link Groups#requests} and {@link Groups#ownRequests} tell what there is.
     */
    default void onJoinRequest(JoinRequest request) {}

    /** The client is connected, or not any more. */
    default void onState(ClientState state) {}

    /**
     * The server has ended this device's session for good; the client does not connect again by itself. It says why and,
     * where another device is the reason, which.
     */
    default void onKicked(Kicked kicked) {}
}
