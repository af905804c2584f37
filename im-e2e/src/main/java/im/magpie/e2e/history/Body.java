package im.magpie.e2e.history;

/** What an entry of a timeline holds. */
public sealed interface Body {

    /** Returns whether the entry is a message; what only says that another one changed is none. */
    default boolean isMessage() {
        return true;
    }

    /** What was said, or was put in its place. */
    record Text(String content) implements Body {}

    /** Something was said here, and was taken back. */
    record Gone() implements Body {}

    /** Says that what was said at a sequence has changed. */
    sealed interface Change extends Body {

        long target();

        @Override
        default boolean isMessage() {
            return false;
        }
    }

    /** It is taken back. */
    record Recall(long target) implements Change {}

    /** It says something else; what, is with the message itself. */
    record Edit(long target) implements Change {}

    /** Its sender reacts to it, or does so no more. */
    record Reaction(long target, String emoji, boolean removed) implements Change {}
}
