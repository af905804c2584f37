package im.magpie.infrastructure;

import im.magpie.infrastructure.InfrastructureException.Code;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses loopback ports that nobody listens on, and remembers them by name in a file, so that a server keeps its address over
 * a restart. Safe for use by several threads.
 */
public final class FreePorts {

    private static final Logger log = LoggerFactory.getLogger(FreePorts.class);

    // Below the range of outgoing connections' local ports: one of those could take a stopped server's port.
    private static final int FIRST = 20_000;
    private static final int BEYOND = 30_000;
    private static final int ATTEMPTS_TO_FIND = 200;
    private static final int ATTEMPTS_TO_LISTEN = 5;

    private final KeyValueFile remembered;

    public FreePorts(KeyValueFile remembered) {
        this.remembered = remembered;
    }

    /**
     * Starts a server on the port of this name, which is the one that it had last time if that is free. When somebody takes the port before
     * the server can listen, it is started on another one.
     *
     * @param start returns when the server listens on the given port, and throws {@link InfrastructureException} when it cannot
     * @return the port
     * @throws InfrastructureException if there is no free port, or the server fails though its port is free
     */
    public int listen(String name, IntConsumer start) {
        var port = choose(name);
        for (int attempt = 1; ; attempt++) {
            try {
                start.accept(port);
                return port;
            } catch (InfrastructureException e) {
                if (isFree(port) || attempt == ATTEMPTS_TO_LISTEN) {
                    throw e;
                }
                log.info("Port {} was taken before {} could listen on it", port, name);
                port = another(name, List.of());
            }
        }
    }

    /**
     * Returns the port that this name had last time if it is free, else a free one that no other name has.
     *
     * @throws InfrastructureException if there is none
     */
    public int choose(String name) {
        return choose(name, List.of());
    }

    /**
     * As {@link #choose(String)}, for a server that listens on further ports, each at a fixed distance from the first.
     *
     * @param distances in steps; negative ones lie below
     */
    public synchronized int choose(String name, List<Integer> distances) {
        var last = remembered.get(name);
        if (last != null && areFree(Integer.parseInt(last), distances)) {
            return Integer.parseInt(last);
        }
        return another(name, distances);
    }

    /** Returns the port that was last chosen for this name, taken or not. */
    public OptionalInt chosen(String name) {
        var last = remembered.get(name);
        return last == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(last));
    }

    private static boolean areFree(int port, List<Integer> distances) {
        return isFree(port) && distances.stream().allMatch(distance -> isFree(port + distance));
    }

    /** Says whether a server could listen on this port of the loopback address now. */
    public static boolean isFree(int port) {
        try (var _ = new ServerSocket(port, 1, InetAddress.ofLiteral(ServerAddress.LOOPBACK))) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private synchronized int another(String name, List<Integer> distances) {
        var taken = remembered.values();
        for (int attempt = 0; attempt < ATTEMPTS_TO_FIND; attempt++) {
            var port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            var isOthers = taken.contains(Integer.toString(port))
                    || distances.stream().anyMatch(distance -> taken.contains(Integer.toString(port + distance)));
            if (!isOthers && areFree(port, distances)) {
                remembered.put(name, Integer.toString(port));
                // By names of their own, so that nobody else is given them.
                distances.forEach(distance ->
                        remembered.put("%s%+d".formatted(name, distance), Integer.toString(port + distance)));
                return port;
            }
        }
        throw new InfrastructureException(
                Code.NO_FREE_PORT,
                "No free port for " + name + " was found between " + FIRST + " and " + (BEYOND - 1) + ".");
    }
}
