package im.magpie.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a start may choose. A port of 0 stands for one that is free.
 *
 * @param data the folder that holds everything
 * @param gateways how many gateway nodes
 * @param host the address that the public ports listen on and that clients are told
 * @param servicePort im-service's HTTP API
 * @param businessPort im-app-business
 * @param tcpPort the first gateway's; the others' follow
 * @param webSocketPort the first gateway's; the others' follow
 * @param heartbeat how often clients are told to write a PING
 */
record StandaloneOptions(
        Path data,
        int gateways,
        String host,
        int servicePort,
        int businessPort,
        int managementPort,
        int tcpPort,
        int webSocketPort,
        Duration heartbeat) {

    static final String USAGE = """
        options (each --name=value):
          --data=DIR              where everything is kept             (./data)
          --gateways=N            gateway nodes, 1 to 16               (2)
          --host=ADDRESS          where the public ports listen        (127.0.0.1)
          --service-port=PORT     HTTP API of Magpie                   (8000)
          --business-port=PORT    the example business system          (8003)
          --management-port=PORT  health and metrics, on loopback      (8001)
          --tcp-port=PORT         first gateway, TCP; others follow    (9001)
          --websocket-port=PORT   first gateway, WebSocket             (9101)
          --heartbeat=DURATION    between two PINGs of a client        (PT15S)
        A port of 0 stands for one that is free.\
        """;

    private static final int MAX_GATEWAYS = 16;

    /**
     * Reads command line arguments.
     *
     * @throws IllegalArgumentException saying what is wrong with them
     */
    static StandaloneOptions parse(String... arguments) {
        Map<String, String> given = new HashMap<>();
        for (var argument : arguments) {
            var equals = argument.indexOf('=');
            if (!argument.startsWith("--") || equals < 0) {
                throw new IllegalArgumentException("not an option: " + argument);
            }
            given.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
        var options = new StandaloneOptions(
                Path.of(take(given, "data", "data")),
                number(given, "gateways", 2, 1, MAX_GATEWAYS),
                take(given, "host", "127.0.0.1"),
                port(given, "service-port", 8000),
                port(given, "business-port", 8003),
                port(given, "management-port", 8001),
                port(given, "tcp-port", 9001),
                port(given, "websocket-port", 9101),
                Duration.parse(take(given, "heartbeat", "PT15S")));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(
                    "no such option: --" + given.keySet().iterator().next());
        }
        return options;
    }

    /** Returns the port of the n-th of several nodes, from 0. */
    static int portOf(int first, int node) {
        return first == 0 ? 0 : first + node;
    }

    private static String take(Map<String, String> given, String name, String otherwise) {
        var value = given.remove(name);
        return value == null ? otherwise : value;
    }

    private static int port(Map<String, String> given, String name, int otherwise) {
        return number(given, name, otherwise, 0, 65_535);
    }

    private static int number(Map<String, String> given, String name, int otherwise, int least, int most) {
        var text = take(given, name, Integer.toString(otherwise));
        try {
            var number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Said below.
        }
        throw new IllegalArgumentException("--%s is from %d to %d, not %s".formatted(name, least, most, text));
    }
}
