package im.magpie.service.room;

/**
 * A room as this process knows it.
 *
 * @param sure it was read for this very call
 * @param told of which version Redis had told before it was read; 0 for none
 */
record RoomView(RoomRow row, boolean sure, long told) {

    RoomKey key() {
        return row.key();
    }

    long version() {
        return row.version();
    }
}
