package im.magpie.e2e.check;

import im.magpie.e2e.history.History;

/** A promise that a history keeps or breaks. Rules are pure: the same history is always judged the same. */
public sealed interface Rule
        permits Complete,
                NothingLost,
                NothingInvented,
                OneCopy,
                OneOrder,
                SendersOrder,
                Watermarks,
                Changes,
                Personal,
                Agreement,
                MayRead,
                MayWrite,
                Versions,
                GroupChanges,
                StaysIn {

    /** Returns the promise, as a sentence. */
    String promise();

    /** Finds everything in a history that breaks the promise. */
    void check(History history, Findings findings);

    /** Returns the name that its violations carry. */
    default String name() {
        return getClass().getSimpleName();
    }
}
