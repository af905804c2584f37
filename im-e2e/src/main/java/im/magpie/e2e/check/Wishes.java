package im.magpie.e2e.check;

import im.magpie.e2e.history.Attempt;
import im.magpie.e2e.history.Conversation;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a user has asked for in a conversation for himself alone. */
final class Wishes {

    /** Of who is not in a conversation. */
    static final Wishes NONE = new Wishes("", List.of());

    private final String user;
    private final List<Attempt> attempts;

    private Wishes(String user, List<Attempt> attempts) {
        this.user = user;
        this.attempts = attempts;
    }

    /** Returns those of all the people of a conversation. */
    static Map<String, Wishes> of(Conversation conversation) {
        var personal = conversation.attempts().stream()
                .filter(attempt -> attempt.what() instanceof Operation.Personal && !attempt.isRefused())
                .collect(Collectors.groupingBy(attempt -> attempt.device().user()));
        return conversation.people().stream()
                .collect(Collectors.toMap(
                        user -> user, user -> new Wishes(user, personal.getOrDefault(user, List.of()))));
    }

    String user() {
        return user;
    }

    /** Returns whether all that settings say can have been asked for before a moment. */
    boolean allow(Settings settings, long at) {
        return (!settings.pinned() || asked(Operation.Pin.class, settings, at))
                && (!settings.muted() || asked(Operation.Mute.class, settings, at))
                && (settings.draft().isEmpty() || asked(Operation.Draft.class, settings, at))
                && settings.deletedUntil() == 0
                && settings.deleted().stream().allMatch(sequence -> askedToDelete(sequence, at));
    }

    private boolean asked(Class<? extends Operation.Personal> kind, Settings settings, long at) {
        return attempts.stream()
                .anyMatch(attempt -> kind.isInstance(attempt.what())
                        && kind.cast(attempt.what()).isIn(settings)
                        && attempt.invoked().at() <= at);
    }

    private boolean askedToDelete(long sequence, long at) {
        return attempts.stream()
                .anyMatch(attempt -> attempt.what() instanceof Operation.Delete delete
                        && delete.sequence() == sequence
                        && attempt.invoked().at() <= at);
    }

    /** Returns whether a deletion was acknowledged before a moment. */
    boolean deletedBefore(long sequence, long at) {
        return attempts.stream()
                .anyMatch(attempt -> attempt.what() instanceof Operation.Delete delete
                        && delete.sequence() == sequence
                        && attempt.doneAt() < at);
    }

    /**
     * Returns what was acknowledged and does not show in settings, though nothing like it that shows was asked for later, or at the same time, or has an
     * open end.
     */
    List<Attempt> forgottenIn(Settings settings) {
        return attempts.stream()
                .filter(attempt -> attempt.isOk()
                        && !personal(attempt).isIn(settings)
                        && attempts.stream().noneMatch(other -> mayHaveFollowed(attempt, other, settings)))
                .toList();
    }

    /** Of two that overlap, either may have been the last. What is deleted stays so. */
    private static boolean mayHaveFollowed(Attempt attempt, Attempt other, Settings settings) {
        return other.what().getClass() == attempt.what().getClass()
                && !(other.what() instanceof Operation.Delete)
                && personal(other).isIn(settings)
                && other.doneAt() > attempt.invoked().at();
    }

    private static Operation.Personal personal(Attempt attempt) {
        return (Operation.Personal) attempt.what();
    }
}
