package im.magpie.client.store;

/**
 * How far the user has read a conversation, as a device knows it.
 *
 * @param read the highest sequence that was read
 * @param told the highest that the server is known to know of; below {@code read} while it has yet to be told
 */
public record ReadMark(long read, long told) {

    /** Nothing is read, and nobody told. */
    public static final ReadMark NONE = new ReadMark(0, 0);
}
