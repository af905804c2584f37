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

    /** To take back what was said at a sequence. */
    record Recall(String conversation, long target) implements Operation {}
}
