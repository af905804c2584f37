package im.magpie.client.store;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a device remembers: its messages, how far it is in each conversation, and what it has yet to send. A client
 * calls its store from one thread at a time; a call returns when what it says is kept. Errors are thrown as {@link
 * java.io.UncheckedIOException}, and what was to be kept is then not acknowledged.
 */
public interface ClientStore extends AutoCloseable {

    /** Returns the index version up to which the device has everything; the default instance for a new device. */
    IndexVersion version();

    /** Remembers the index version up to which the device has everything. */
    void version(IndexVersion version);

    /** Counts a LOGIN that is about to be written, and remembers that: of two of this device's the one with the higher number is the later one. */
    LoginCount countLogin();

    /**
     * Returns the position of every conversation the device knows: it has everything up to there that it ever wanted.
     */
    Map<String, Long> positions();

    /**
     * Remembers messages together with the position behind them.
     *
     * @param messages in the order of their sequences, none above the position; may be empty, where the position moves
     *     over numbers that no message has
     */
    void append(String conversationId, List<ChatMessage> messages, long position);

    /** Returns the remembered messages of (after, to], in the order of their sequences, each in the newest state that is remembered. */
    List<ChatMessage> messages(String conversationId, long after, long to);

    /** Remembers a newer state of a message; does nothing where the message or that state is not news: unknown, or no older. */
    void replace(ChatMessage newer);

    /**
     * Returns, by conversation, the sequences of remembered messages that entries appended later have changed, where their remembered
     * state does not show it; each with the sequence of the last change.
     */
    Map<String, SortedMap<Long, Long>> stale();

    /** Returns the user's settings of a conversation; the default instance where none are remembered. */
    PersonalSettings settings(String conversationId);

    /** Remembers the user's settings of a conversation. What they delete is not among the messages any more. */
    void settings(String conversationId, PersonalSettings settings);

    /** Returns how far the user has read, by conversation, where anything is known of it. */
    Map<String, ReadMark> readMarks();

    /** Remembers how far the user has read a conversation, and what the server knows of it. */
    void readMark(String conversationId, ReadMark mark);

    /** Returns how far people are in conversations, as far as that is remembered: one for each of them, in any order. */
    List<Receipt> watermarks();

    /** Remembers how far somebody is in a conversation, in the place of what was remembered before. */
    void watermark(Receipt newer);

    /** Remembers a message that is to be sent, behind those that were remembered before. */
    void enqueue(SendRequest message);

    /** Forgets a message that was to be sent: the server has it, or will never take it. */
    void dequeue(String clientMessageId);

    /** Returns what is still to be sent, in the order in which it was enqueued. */
    List<SendRequest> queued();

    @Override
    void close();
}
