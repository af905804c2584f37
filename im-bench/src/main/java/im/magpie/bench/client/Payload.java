package im.magpie.bench.client;

import io.netty.buffer.ByteBuf;

/**
 * What the text of a message tells its receiver: who has sent it, the how manieth message of this sender it is, and when it was to be sent. The rest of
 * the text fills it up.
 */
public final class Payload {

    /** The fewest characters that a text has. */
    public static final int BYTES = 29;

    static final int SENDER_DIGITS = 5;
    static final int NUMBER_DIGITS = 8;
    static final int TIME_DIGITS = 16;

    private int sender;
    private long number;
    private long time;

    static void set(ByteBuf out, int index, int sender, long number, long time) {
        Hex.set(out, index, sender, SENDER_DIGITS);
        Hex.set(out, index + SENDER_DIGITS, number, NUMBER_DIGITS);
        Hex.set(out, index + SENDER_DIGITS + NUMBER_DIGITS, time, TIME_DIGITS);
    }

    void read(ByteBuf in, int index) {
        sender = (int) Hex.get(in, index, SENDER_DIGITS);
        number = Hex.get(in, index + SENDER_DIGITS, NUMBER_DIGITS);
        time = Hex.get(in, index + SENDER_DIGITS + NUMBER_DIGITS, TIME_DIGITS);
    }

    public int sender() {
        return sender;
    }

    /** From 0. */
    public long number() {
        return number;
    }

    /** As of {@link System#nanoTime}. */
    public long time() {
        return time;
    }
}
