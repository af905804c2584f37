package im.magpie.e2e.history;

/** What an entry of a timeline holds. */
public sealed interface Body {

    /** Returns whether the entry counts as a message; what only says that another one changed does not. */
    boolean counts();

    /** Something that was said, as {@link Operation.Send} has it. */
    record Text(String content) implements Body {

        @Override
        public boolean counts() {
            return true;
        }
    }

    /** Something was said here, and was taken back. */
    record Gone() implements Body {

        @Override
        public boolean counts() {
            return true;
        }
    }

    /** Says that what was said at a sequence is taken back. */
    record Recall(long target) implements Body {

        @Override
        public boolean counts() {
            return false;
        }
    }
}
