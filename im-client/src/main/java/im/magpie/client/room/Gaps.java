package im.magpie.client.room;

import im.magpie.codec.protocol.RoomMessage;

/** Finds what is left out between the numbers of a room. Used by the client's loop only. */
final class Gaps {

    private long run;
    private long number;

    /** Returns how many are missing before a message, since the one with the highest number so far; 0 where that is not known. */
    long before(RoomMessage message) {
        if (message.getNumber() == 0 || message.getRun() < run) {
            return 0;
        }
        if (message.getRun() > run) {
            run = message.getRun();
            number = message.getNumber();
            return 0;
        }
        var missing = Math.max(0, message.getNumber() - number - 1);
        number = Math.max(number, message.getNumber());
        return missing;
    }
}
