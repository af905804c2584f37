package im.magpie.e2e.history;

import org.jspecify.annotations.Nullable;

/** What came of an operation, as far as its device was told. */
public sealed interface Outcome {

    /**
     * It is done.
     *
     * @param place of the entry that it has made; null where there is none, or none was named
     */
    record Ok(@Nullable Place place) implements Outcome {}

    /** It was not done, and never will be. */
    record Fail(String why) implements Outcome {}

    /** It may have been done, and may yet be. */
    record Unknown(String why) implements Outcome {}
}
