package im.magpie.e2e.history;

/**
 * An entry of a conversation's timeline, as somebody has it.
 *
 * @param sequence its place, from 1
 * @param ordinal how many messages there are up to it
 * @param serverTime unix milliseconds
 * @param sender the user
 * @param clientMessageId the name that the sending device gave it
 */
public record Entry(long sequence, long ordinal, long serverTime, String sender, String clientMessageId, Body body) {

    /** Returns the same entry with another body. */
    public Entry with(Body other) {
        return new Entry(sequence, ordinal, serverTime, sender, clientMessageId, other);
    }

    /** Returns whether this is that entry, but for what it says if that has been taken back meanwhile. */
    public boolean became(Entry later) {
        return equals(later)
                || (body instanceof Body.Text
                        && later.body instanceof Body.Gone
                        && with(later.body).equals(later));
    }
}
