package im.magpie.e2e.history;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** To change a group. What is so already is acknowledged without an entry. */
    sealed interface OfGroup extends Operation {

        /** Returns whether an event is what this makes when somebody asks for it. */
        boolean makes(Body.OfGroup event, String asking);

        /** Returns whether it is so at a place of the group's timeline. */
        boolean isSo(Memberships group, String asking, long sequence);
    }

    /** To make a group, with members besides oneself. */
    record Found(String conversation, List<String> members, boolean openHistory) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Came came
                    && came.version() == 1
                    && Set.copyOf(came.users()).equals(everybody(asking));
        }

        private Set<String> everybody(String asking) {
            var everybody = new HashSet<>(members);
            everybody.add(asking);
            return everybody;
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return sequence > 0;
        }
    }

    /** To bring somebody into a group. */
    record Add(String conversation, String user) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Came came
                    && came.version() > 1
                    && came.users().equals(List.of(user));
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return group.has(user, sequence);
        }
    }

    /** To come into a group oneself. */
    record Join(String conversation) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Came came
                    && came.version() > 1
                    && came.users().equals(List.of(asking));
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return group.has(asking, sequence);
        }
    }

    /** To send somebody away. */
    record Remove(String conversation, String user) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Went went && went.users().equals(List.of(user));
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return !group.has(user, sequence);
        }
    }

    /** To go. */
    record Leave(String conversation) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Went went && went.users().equals(List.of(asking));
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return !group.has(asking, sequence);
        }
    }

    /** To let a member write no more, or again. */
    record Silence(String conversation, String user, boolean silent) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Silenced silenced
                    && silenced.user().equals(user)
                    && silenced.silent() == silent;
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return group.isSilent(user, sequence) == silent;
        }
    }

    /** To call a group something else, as nobody else does. */
    record Name(String conversation, String name) implements OfGroup {

        @Override
        public boolean makes(Body.OfGroup event, String asking) {
            return event instanceof Body.Named named && named.name().equals(name);
        }

        @Override
        public boolean isSo(Memberships group, String asking, long sequence) {
            return group.name(sequence).equals(name);
        }
    }

    /** To make something of a conversation that is one's own affair, on all one's devices. */
    sealed interface Personal extends Operation {

        /** Returns whether it shows in settings, or something like it. */
        boolean isIn(Settings settings);
    }

    /** To keep it above others, or to do so no more. */
    record Pin(String conversation, boolean pinned) implements Personal {

        @Override
        public boolean isIn(Settings settings) {
            return settings.pinned() == pinned;
        }
    }

    /** To hear no more of it, or to hear of it again. */
    record Mute(String conversation, boolean muted) implements Personal {

        @Override
        public boolean isIn(Settings settings) {
            return settings.muted() == muted;
        }
    }

    /** To keep what one is about to say; empty for nothing. */
    record Draft(String conversation, String content) implements Personal {

        @Override
        public boolean isIn(Settings settings) {
            return settings.draft().equals(content);
        }
    }

    /** To delete a message for oneself, for ever. It is somebody else's, so that he has it still, and in the end everything can be seen by somebody. */
    record Delete(String conversation, long sequence) implements Personal {

        @Override
        public boolean isIn(Settings settings) {
            return settings.deletes(sequence);
        }
    }
}
