package im.magpie.e2e.history;

import org.jspecify.annotations.Nullable;

/**
 * An entry of a conversation's timeline, as somebody has it.
 *
 * @param sequence its place, from 1
 * @param ordinal how many messages there are up to it
 * @param serverTime unix milliseconds
 * @param sender the user
 * @param clientMessageId the name that the sending device gave it; of what happens to a group, the id of the request that it came of
 * @param state null for a message that is as it was sent, and for what is no message
 */
public record Entry(
        long sequence,
        long ordinal,
        long serverTime,
        String sender,
        String clientMessageId,
        Body body,
        @Nullable State state) {

    /** An entry that nobody has changed. */
    public Entry(long sequence, long ordinal, long serverTime, String sender, String clientMessageId, Body body) {
        this(sequence, ordinal, serverTime, sender, clientMessageId, body, null);
    }

    /** Returns the same message in another state. */
    public Entry with(Body words, @Nullable State changes) {
        return new Entry(sequence, ordinal, serverTime, sender, clientMessageId, words, changes);
    }

    /** Returns the same entry with other words. */
    public Entry with(Body other) {
        return new Entry(sequence, ordinal, serverTime, sender, clientMessageId, other, state);
    }

    /** Returns the sequence of the last change that the message shows; 0 for none. */
    public long changed() {
        return state == null ? 0 : state.changed();
    }

    /** Returns the sequence of the edit that the message's words are of; 0 for those that it was sent with. */
    public long edit() {
        return state == null ? 0 : state.edit();
    }

    /** Returns whether this is that entry, or was it before it changed. */
    public boolean became(Entry later) {
        return equals(later) || (changed() < later.changed() && unchanged().equals(later.unchanged()));
    }

    private Entry unchanged() {
        return new Entry(sequence, ordinal, serverTime, sender, clientMessageId, new Body.Gone());
    }
}
