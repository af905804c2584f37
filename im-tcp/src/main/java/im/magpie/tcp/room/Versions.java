package im.magpie.tcp.room;

import java.util.TreeSet;

/**
 * Of which changes of a room the node knows, so that it finds out when it has missed one. A version names the room as it is by its latest change. Not safe for
 * use by many threads.
 */
final class Versions {

    private static final int MOST_AHEAD = 64;

    private final TreeSet<Long> ahead = new TreeSet<>();
    private long known;
    private long claimed;
    private boolean doubt;

    /** The node knows all there is to know at a version, because nobody of the room was here before. */
    void begin(long version) {
        known = Math.max(known, version);
        advance();
    }

    /** The change by which the room has this version was pushed. */
    void heard(long version) {
        if (version > known) {
            ahead.add(version);
            if (ahead.size() > MOST_AHEAD) {
                ahead.pollFirst();
            }
            advance();
        }
    }

    /** The services say that the room has this version. */
    void claimed(long version) {
        claimed = Math.max(claimed, version);
    }

    /** Somebody came in as the room was at this version: what has happened since may concern him, and has passed. */
    void enteredAt(long version) {
        doubt |= version < newest();
    }

    /** Returns whether something may have been missed. */
    boolean inDoubt() {
        return doubt || newest() > known;
    }

    /** Returns up to which version an answer that is asked for now holds. */
    long ask() {
        doubt = false;
        return newest();
    }

    /** The node knows all there is to know at a version that was asked for. */
    void answered(long version) {
        begin(version);
    }

    /** A question was not answered. */
    void notAnswered() {
        doubt = true;
    }

    private long newest() {
        return Math.max(Math.max(known, claimed), ahead.isEmpty() ? 0 : ahead.last());
    }

    private void advance() {
        ahead.headSet(known, true).clear();
        while (!ahead.isEmpty() && ahead.first() == known + 1) {
            known = ahead.removeFirst();
        }
    }
}
