package im.magpie.e2e.history;

import java.util.List;

/** What an entry of a timeline holds. */
public sealed interface Body {

    /** Returns whether the entry is a message; what only says that something has changed is none, and nobody counts it. */
    default boolean isMessage() {
        return true;
    }

    /** Returns whether the entry is shown by itself: messages are, and what happens to a group. */
    default boolean isShown() {
        return isMessage();
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

    /** Something happens to the group: its sender has done it. */
    sealed interface OfGroup extends Body {

        /** Returns the group's version from here on: the first is 1, and each is one above that before it. */
        long version();

        @Override
        default boolean isMessage() {
            return false;
        }

        @Override
        default boolean isShown() {
            return true;
        }
    }

    /**
     * They are members from here on; the first ones make the group.
     *
     * @param openHistory they read what was said before
     */
    record Came(long version, List<String> users, boolean openHistory) implements OfGroup {}

    /** They are members no more: this is the last that they read. */
    record Went(long version, List<String> users) implements OfGroup {}

    /** A member may not write from here on, for longer than any history takes; or may again. */
    record Silenced(long version, String user, boolean silent) implements OfGroup {}

    /** The group is called like this. */
    record Named(long version, String name) implements OfGroup {}

    /** Something else has changed, which says nothing about who reads and writes. */
    record Other(long version, String what) implements OfGroup {}
}
