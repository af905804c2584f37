package im.magpie.e2e.measure;

/**
 * How much to measure.
 *
 * @param members of the group
 * @param online how many of them are
 * @param messages of each load
 * @param perSecond how many messages a second are written where the cost of each is of interest
 */
record Size(int members, int online, int messages, double perSecond) {

    /** Refuses what can't be with an {@link IllegalArgumentException}. */
    Size {
        if (members < 2 || online < 1 || online > members || messages < 1 || perSecond <= 0) {
            throw new IllegalArgumentException(
                    "A group has at least 2 members, of whom 1 at least is online, and something is said.");
        }
    }

    /** Returns how many messages each of some speakers says. */
    int messagesOf(int speakers) {
        return Math.max(1, messages / speakers);
    }

    /** Returns how many of those who are online speak, so many at most. */
    int speakers(int most) {
        return Math.min(most, online);
    }
}
