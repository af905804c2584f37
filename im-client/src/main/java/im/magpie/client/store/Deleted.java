package im.magpie.client.store;

import im.magpie.codec.protocol.PersonalSettings;

/** What a user has deleted for himself. */
final class Deleted {

    /** Returns whether the message at a sequence is deleted. */
    static boolean has(PersonalSettings settings, long sequence) {
        return sequence <= settings.getDeletedUntil()
                || settings.getDeletedList().contains(sequence);
    }

    /** Returns whether settings delete more than earlier ones. */
    static boolean more(PersonalSettings before, PersonalSettings after) {
        return after.getDeletedUntil() > before.getDeletedUntil()
                || !before.getDeletedList().containsAll(after.getDeletedList());
    }

    private Deleted() {}
}
