package im.magpie.codec.content;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PersonalSettings;
import java.util.List;

/** What users have deleted for themselves. */
public final class Deletions {

    /** Returns the messages that settings do not delete: themselves, where nothing is deleted. */
    public static List<ChatMessage> without(PersonalSettings settings, List<ChatMessage> messages) {
        if (settings.getDeletedUntil() == 0 && settings.getDeletedCount() == 0) {
            return messages;
        }
        return messages.stream()
                .filter(message -> !has(settings, message.getSequence()))
                .toList();
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
