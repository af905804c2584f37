package im.magpie.tcp.node;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/**
 * One life of a node.
 *
 * @param nodeId the node's configured name, the same over its lives
 * @param name names this life in the whole system, for good
 */
public record Incarnation(String nodeId, String name) {

    private static final int TIME_RADIX = 36;
    private static final int RANDOM_BYTES = 4;

    /** Begins a life: its name is the node's, the time and something random. */
    public static Incarnation begin(String nodeId, InstantSource clock) {
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        var time = Long.toString(clock.millis(), TIME_RADIX);
        return new Incarnation(
                nodeId, "%s.%s.%s".formatted(nodeId, time, HexFormat.of().formatHex(random)));
    }
}
