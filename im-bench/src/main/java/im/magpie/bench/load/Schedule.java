package im.magpie.bench.load;

/**
 * When the messages of an open loop are due: evenly, whatever became of those before. Times are as of {@link System#nanoTime}.
 *
 * @param begin when the first one is due
 * @param perSecond how many there are in a second
 */
record Schedule(long begin, double perSecond) {

    private static final double SECOND = 1e9;

    /** Returns when a message is due. */
    long due(long number) {
        return begin + (long) (number * SECOND / perSecond);
    }
}
