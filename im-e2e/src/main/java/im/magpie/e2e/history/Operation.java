package im.magpie.e2e.history;

/** What somebody asked their device to do. */
public sealed interface Operation {

    /** Returns the conversation that it is about. */
    String conversation();

    /**
     * To say something.
     *
     * @param content what; no two operations of a history say the same, for by this alone a message is known as long as its sender was not
     *     answered
     */
    record Send(String conversation, String content) implements Operation {}

    /** To tell that everything up to a sequence was read. Nobody is answered. */
    record Read(String conversation, long sequence) implements Operation {}

    /** To change what was said at a sequence. */
    sealed interface Change extends Operation {

        long target();

        /** Returns what the entry holds that this becomes. */
        Body.Change body();
    }

    /** To take back what was said. */
    record Recall(String conversation, long target) implements Change {

        @Override
        public Body.Change body() {
            return new Body.Recall(target);
        }
    }

    /** To say something else instead; that, too, nobody else says. */
    record Edit(String conversation, long target, String content) implements Change {

        @Override
        public Body.Change body() {
            return new Body.Edit(target);
        }
    }

    /** To react to what was said, or to take a reaction back. */
    record React(String conversation, long target, String emoji, boolean removed) implements Change {

        @Override
        public Body.Change body() {
            return new Body.Reaction(target, emoji, removed);
        }
    }
}
