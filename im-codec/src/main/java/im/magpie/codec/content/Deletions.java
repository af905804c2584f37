package im.magpie.codec.content;

import im.magpie.codec.protocol.PersonalSettings;

/** What users have deleted for themselves. */
public final class Deletions {

    /** Returns whether settings delete anything. */
    public static boolean any(PersonalSettings settings) {
        return settings.getDeletedUntil() > 0 || settings.getDeletedCount() > 0;
    }

    /** Returns whether settings delete the message at a sequence. */
    public static boolean has(PersonalSettings settings, long sequence) {
        return sequence <= settings.getDeletedUntil()
                || settings.getDeletedList().contains(sequence);
    }

    /** Returns whether settings delete more than earlier ones. */
    public static boolean more(PersonalSettings before, PersonalSettings after) {
        return after.getDeletedUntil() > before.getDeletedUntil()
                || !before.getDeletedList().containsAll(after.getDeletedList());
    }

    private Deletions() {}
}
