package im.magpie.service.epoch;

/**
 * A part of the conversations or users whose keys lie in one slot, so that a script changes it in one atomic step.
 *
 * @param number from 0
 */
public record Partition(PartitionKind kind, int number) {

    public static Partition ofConversations(int number) {
        return new Partition(PartitionKind.CONVERSATION, number);
    }

    public static Partition ofUsers(int number) {
        return new Partition(PartitionKind.USER, number);
    }

    /** Returns the hash tag that every key of the partition carries, {@code {c:17}}. */
    public String tag() {
        return "{" + kind.letter() + ":" + number + "}";
    }

    /** Returns the key that holds the partition's epoch, and that alone carries none. */
    public String epochKey() {
        return tag() + ":epoch";
    }

    /** Returns the name of a key in an epoch, {@code {c:17}:5:head}. */
    public String key(long epoch, String name) {
        return tag() + ":" + epoch + ":" + name;
    }

    @Override
    public String toString() {
        return tag();
    }
}
