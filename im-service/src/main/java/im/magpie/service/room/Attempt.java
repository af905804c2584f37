package im.magpie.service.room;

/** What came of doing something to a room by what this process knew of it. */
sealed interface Attempt<T> {

    record Done<T>(T value) implements Attempt<T> {}

    /**
     * Nothing was done: what was known may be old.
     *
     * @param version the newest one that Redis knows of; 0 for none
     */
    record Outdated<T>(long version) implements Attempt<T> {}
}
