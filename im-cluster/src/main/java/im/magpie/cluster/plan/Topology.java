package im.magpie.cluster.plan;

import java.time.Duration;

/**
 * What should run, besides one of each server.
 *
 * @param gateways how many im-tcp
 * @param services how many im-service
 * @param stores how many im-message-store
 * @param redisReplica whether a second Redis follows the first
 * @param heartbeat how often clients are told to write a PING
 */
public record Topology(int gateways, int services, int stores, boolean redisReplica, Duration heartbeat) {

    /** What runs when nobody says otherwise. */
    public static final Topology DEFAULT = new Topology(2, 2, 2, false, Duration.ofSeconds(15));

    private static final int MOST = 16;

    /** Refuses numbers that are out of range with an {@link IllegalArgumentException}. */
    public Topology {
        requireInRange("gateways", gateways);
        requireInRange("services", services);
        requireInRange("stores", stores);
        if (heartbeat.toMillis() <= 0) {
            throw new IllegalArgumentException("A heartbeat takes time, and is not " + heartbeat + ".");
        }
    }

    private static void requireInRange(String what, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "The number of %s is from 1 to %d, and not %d.".formatted(what, MOST, number));
        }
    }
}
