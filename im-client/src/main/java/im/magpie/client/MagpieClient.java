package im.magpie.client;

import im.magpie.codec.content.Contents;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.SendRequest;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One device of one user. It connects by itself, and again whenever the connection is lost; messages may be sent and
 * are remembered at any time. Safe for use by many threads. Nothing here blocks but {@link #close}; a future completes
 * on a virtual thread of its own, so what hangs on it may block too.
 */
public final class MagpieClient implements AutoCloseable {

    private final ClientSession session;
    private final String userId;

    private MagpieClient(ClientOptions options) {
        this.session = new ClientSession(options);
        this.userId = options.account().userId();
    }

    /** Returns a client that is connecting. */
    public static MagpieClient start(ClientOptions options) {
        var client = new MagpieClient(options);
        client.session.start();
        return client;
    }

    /**
     * Returns what completes when the client is logged in and has everything it missed; exceptionally with {@link
     * RequestFailedException} when the server refuses it for good.
     */
    public CompletableFuture<Void> ready() {
        return session.ready();
    }

    /** Returns the name of the gateway node that holds the connection; null while there is none. */
    public @Nullable String node() {
        return session.node();
    }

    /** Returns the private conversation with another user. */
    public String conversationWith(String otherUserId) {
        return ConversationId.privateBetween(userId, otherUserId).toString();
    }

    /** Sends a text; see {@link #send(String, MessageContent)}. */
    public CompletableFuture<SentMessage> sendText(String conversationId, String text) {
        return send(conversationId, Contents.text(text));
    }

    /**
     * Sends a message: over this connection or the next ones, until the server has it. The messages of a conversation
     * get their sequences in the order in which they were sent.
     *
     * @return completes when the message is durable; exceptionally with {@link RequestFailedException} when the server
     *     will never take it, BUSY when 10,000 messages wait already, UNAVAILABLE when this client ends before: then
     *     the message stays in the store, and the next client with this store sends it
     */
    public CompletableFuture<SentMessage> send(String conversationId, MessageContent content) {
        return session.send(SendRequest.newBuilder()
                .setConversationId(conversationId)
                .setClientMessageId(UuidV7.next(session::serverTime).toString())
                .setContent(content)
                .build());
    }

    /**
     * Takes a message of one's own back, for everybody. It is sent like a message, and so are the other changes; see {@link #send(String,
     * MessageContent)}.
     *
     * @return exceptionally FORBIDDEN, NOT_FOUND, CHANGE_TOO_LATE or MESSAGE_RECALLED where the message can't be recalled
     */
    public CompletableFuture<SentMessage> recall(String conversationId, long sequence) {
        return send(conversationId, Contents.recall(sequence));
    }

    /** Puts a content in the place of that of a message of one's own; fails as {@link #recall} does. */
    public CompletableFuture<SentMessage> edit(String conversationId, long sequence, MessageContent content) {
        return send(conversationId, Contents.edit(sequence, content));
    }

    /** Adds a reaction to a message, which the user has at most once; fails as {@link #recall} does. */
    public CompletableFuture<SentMessage> react(String conversationId, long sequence, String emoji) {
        return send(conversationId, Contents.reaction(sequence, emoji, false));
    }

    /** Takes a reaction back. */
    public CompletableFuture<SentMessage> removeReaction(String conversationId, long sequence, String emoji) {
        return send(conversationId, Contents.reaction(sequence, emoji, true));
    }

    /**
     * Changes what the user has made of a conversation: pinned, muted, a draft, what he has deleted for himself, whether members of a group are shown by their
     * nicknames. All his devices have it then.
     *
     * @return the settings then; exceptionally {@link RequestFailedException}, also when there is no connection
     */
    public CompletableFuture<PersonalSettings> configure(ConfigureRequest change) {
        return session.requests().configure(change);
    }

    /** Deletes messages for this user, on all his devices; nobody else notices. Fails as {@link #configure} does. */
    public CompletableFuture<PersonalSettings> deleteForMe(String conversationId, Collection<Long> sequences) {
        return configure(ConfigureRequest.newBuilder()
                .setConversationId(conversationId)
                .addAllDelete(sequences)
                .build());
    }

    /** Tells the others in a conversation that the user is writing; nothing happens without a connection. */
    public void typing(String conversationId) {
        session.requests().typing(conversationId);
    }

    /** Tells the other side and the user's other devices that the user has read everything up to a sequence. */
    public void read(String conversationId, long sequence) {
        session.read(conversationId, sequence);
    }

    /**
     * Asks the server for the messages of (after, to], whether this device has them or not. They are neither remembered
     * nor given to the listener.
     *
     * @param to 0 for the newest
     * @return in the order of their sequences; exceptionally {@link RequestFailedException}
     */
    public CompletableFuture<List<ChatMessage>> history(String conversationId, long after, long to) {
        return session.requests().history(conversationId, after, to);
    }

    /**
     * Goes back through a conversation, as somebody who scrolls up does: from what this device has, for as far as that is whole, and else from the
     * server. The messages are neither remembered nor given to the listener; they come in their newest state, and without what the user has deleted for
     * himself.
     *
     * @param before the sequence of the earliest message that is shown already; 0 for the last messages that this device has heard of
     * @param limit how many messages, 1 at least
     * @return in the order of their sequences; fewer than the limit only where the conversation begins. Exceptionally {@link RequestFailedException},
     *     UNAVAILABLE when the server is needed and does not answer
     */
    public CompletableFuture<List<ChatMessage>> earlier(String conversationId, long before, int limit) {
        if (before < 0 || limit < 1) {
            throw new IllegalArgumentException(
                    "before a sequence from 1, and one message at least: %d, %d".formatted(before, limit));
        }
        return session.requests().earlier(conversationId, before, limit);
    }

    /**
     * Returns how often this client has offered a message to the server again: because its connection was lost, no reply came, or the server was too
     * busy. High where the network or the server is in trouble.
     */
    public long resends() {
        return session.resends();
    }

    /** Returns how many messages the server has not taken yet. */
    public CompletableFuture<Integer> unsent() {
        return session.unsent();
    }

    /** Returns the user's groups. What is said in one is sent and read like anything else, in its conversation: {@link Groups#conversationOf}. */
    public Groups groups() {
        return session.groups();
    }

    /** Returns the rooms, which this device enters and leaves. */
    public Rooms rooms() {
        return session.rooms();
    }

    /**
     * Asks where the user is signed in: this device and the others, connected or not.
     *
     * @return those that are online first, then those that were active last; exceptionally {@link
     *     RequestFailedException}
     */
    public CompletableFuture<List<DeviceEntry>> devices() {
        return session.requests().devices();
    }

    /**
     * Signs another device of the user out, connected or not: it comes back with a userSig only that is issued from now
     * on. This device leaves by {@link #logout}. May be repeated.
     *
     * @return completes when that is so; exceptionally with {@link RequestFailedException}
     */
    public CompletableFuture<Void> signOut(ClientType clientType, String deviceId) {
        return session.requests().signOut(clientType, deviceId);
    }

    /** Ends the session on the server, then closes: the device gets nothing until it logs in again. */
    public CompletableFuture<Void> logout() {
        return session.logout();
    }

    /** Closes the connection and the store. What was not sent stays in the store. */
    @Override
    public void close() {
        session.close();
    }
}
