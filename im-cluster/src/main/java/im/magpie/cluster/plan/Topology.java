package im.magpie.cluster.plan;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What should run, besides one of each server.
 *
 * @param gateways how many im-tcp
 * @param services how many im-service
 * @param stores how many im-message-store
 * @param redisReplica whether a second Redis follows the first
 * @param heartbeat how often clients are told to write a PING
 * @param through by the names of servers: the port that services are told instead of the server's own, because somebody stands there who passes on what
 *     they say
 */
public record Topology(
        int gateways,
        int services,
        int stores,
        boolean redisReplica,
        Duration heartbeat,
        Map<String, Integer> through) {

    /** What runs when nobody says otherwise. */
    public static final Topology DEFAULT = new Topology(2, 2, 2, false, Duration.ofSeconds(15));

    /** The servers that services may reach through somebody else. */
    private static final List<String> BEHIND_OTHERS = List.of("mariadb", "rabbitmq", "redis");

    private static final int MOST = 16;
    private static final int HIGHEST_PORT = 65_535;

    /** Everybody reaches every server without a detour. */
    public Topology(int gateways, int services, int stores, boolean redisReplica, Duration heartbeat) {
        this(gateways, services, stores, redisReplica, heartbeat, Map.of());
    }

    /** Refuses numbers that are out of range with an {@link IllegalArgumentException}. */
    public Topology {
        requireInRange("gateways", gateways);
        requireInRange("services", services);
        requireInRange("stores", stores);
        if (heartbeat.toMillis() <= 0) {
            throw new IllegalArgumentException("A heartbeat takes time, and is not " + heartbeat + ".");
        }
        through = Map.copyOf(through);
        through.forEach(Topology::requirePort);
        if (redisReplica && through.containsKey("redis")) {
            throw new IllegalArgumentException("A Sentinel names the ports on which Redis itself listens.");
        }
    }

    private static void requirePort(String server, int port) {
        if (!BEHIND_OTHERS.contains(server)) {
            throw new IllegalArgumentException("Services reach %s through others, and not %s."
                    .formatted(String.join(", ", BEHIND_OTHERS), server));
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("%d is no port.".formatted(port));
        }
    }

    private static void requireInRange(String what, int number) {
        if (number < 1 || number > MOST) {
            throw new IllegalArgumentException(
                    "The number of %s is from 1 to %d, and not %d.".formatted(what, MOST, number));
        }
    }
}
