package im.magpie.service.benchmark;

/**
 * What some messages cost.
 *
 * @param processorNanos processor time of Redis' main thread
 * @param wallNanos what passed meanwhile
 */
record Cost(int messages, long processorNanos, long wallNanos) {

    static final Cost NONE = new Cost(0, 0, 0);

    Cost plus(Cost other) {
        return new Cost(messages + other.messages, processorNanos + other.processorNanos, wallNanos + other.wallNanos);
    }

    /** Returns microseconds of Redis' processor time for one message. */
    double processorMicros() {
        return processorNanos / 1e3 / messages;
    }

    /** Returns the microseconds that passed for one message. */
    double wallMicros() {
        return wallNanos / 1e3 / messages;
    }
}
