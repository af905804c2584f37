package im.magpie.e2e.history;

import java.util.List;

/**
 * What a user has made of a conversation for himself.
 *
 * @param version of two of the same conversation, the one with the higher version is newer; 0 for who has made nothing of it
 * @param draft empty for none
 * @param deletedUntil he has deleted everything up to here
 * @param deleted and what is at these sequences
 */
public record Settings(
        long version, boolean pinned, boolean muted, String draft, long deletedUntil, List<Long> deleted) {

    /** Of who has made nothing of a conversation. */
    public static final Settings NONE = new Settings(0, false, false, "", 0, List.of());

    /** Returns whether what is at a sequence is deleted. */
    public boolean deletes(long sequence) {
        return sequence <= deletedUntil || deleted.contains(sequence);
    }
}
