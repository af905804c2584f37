package im.magpie.service.epoch;

/**
 * What a partition's epoch key says, and the Redis it was read from.
 *
 * @param master the replication id of the Redis that answered
 * @param epoch 0 where there is no key
 * @param replid the Redis the epoch was begun on
 * @param begun names this beginning of the epoch; no other has the same
 * @param replicated replicas or a promotion are in play, so that an older master may still be alive
 */
record EpochKey(String master, long epoch, String replid, State state, String begun, boolean replicated) {

    enum State {
        NONE,
        OPENING,
        OPEN
    }

    /** Tells whether scripts of this epoch run now. */
    boolean isOpen() {
        return state == State.OPEN && replid.equals(master);
    }

    /** Tells whether this is the epoch that MySQL names, begun here and not open yet. */
    boolean isBeginningOf(EpochRow row) {
        return state == State.OPENING && replid.equals(master) && row.replid().equals(master) && row.epoch() == epoch;
    }
}
