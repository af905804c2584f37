package im.magpie.service.conversation;

/**
 * How far a conversation can be read.
 *
 * @param sequence the confirmed position, 0 when there is nothing
 * @param ordinal the ordinal there
 * @param shape the version of the conversation's shape; 0 for ever in a private chat, and where it was not asked for
 * @param epoch of the conversation's partition, in which it is so; 0 where it was not asked for
 */
public record Head(long sequence, long ordinal, long shape, long epoch) {

    /** Of a conversation in which nothing was ever said. */
    public static final Head NONE = new Head(0, 0);

    /** Of a conversation whose shape nobody asks for. */
    public Head(long sequence, long ordinal) {
        this(sequence, ordinal, 0, 0);
    }
}
