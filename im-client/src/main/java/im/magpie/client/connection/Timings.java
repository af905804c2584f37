package im.magpie.client.connection;

import java.time.Duration;

/**
 * How long a client waits for what.
 *
 * @param connect for a connection to be made
 * @param reply for the reply to a request; then it is given up, and a message sent again
 * @param firstReconnect before a lost connection is tried anew; doubles with every failure, and half of it is left to
 *     chance
 * @param longestReconnect at most between two tries
 * @param gap for what overtook others to be caught up with, before the gap is pulled; varied by half of it either way
 * @param gather for more to acknowledge, after something has been acknowledged; not while a lot waits
 * @param retry before a request that failed is repeated, where the server names no time
 * @param silence beyond the heartbeat interval, without a byte from the server, until the connection counts as dead
 */
public record Timings(
        Duration connect,
        Duration reply,
        Duration firstReconnect,
        Duration longestReconnect,
        Duration gap,
        Duration gather,
        Duration retry,
        Duration silence) {

    public static final Timings DEFAULT = new Timings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofSeconds(10),
            Duration.ofMillis(500),
            Duration.ofMillis(50),
            Duration.ofMillis(500),
            Duration.ofSeconds(10));

    public Timings withReply(Duration wait) {
        return new Timings(connect, wait, firstReconnect, longestReconnect, gap, gather, retry, silence);
    }

    public Timings withReconnect(Duration first, Duration longest) {
        return new Timings(connect, reply, first, longest, gap, gather, retry, silence);
    }

    public Timings withGap(Duration wait) {
        return new Timings(connect, reply, firstReconnect, longestReconnect, wait, gather, retry, silence);
    }

    public Timings withGather(Duration wait) {
        return new Timings(connect, reply, firstReconnect, longestReconnect, gap, wait, retry, silence);
    }

    public Timings withRetry(Duration wait) {
        return new Timings(connect, reply, firstReconnect, longestReconnect, gap, gather, wait, silence);
    }

    public Timings withSilence(Duration wait) {
        return new Timings(connect, reply, firstReconnect, longestReconnect, gap, gather, retry, wait);
    }
}
