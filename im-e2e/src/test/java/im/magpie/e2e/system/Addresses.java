package im.magpie.e2e.system;

import im.magpie.client.GatewayAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** Where a running system listens, as its file of {@code name=value} lines says. */
public record Addresses(Map<String, String> values) {

    static Addresses read(Path file) {
        var values = new HashMap<String, String>();
        try {
            for (var line : Files.readAllLines(file)) {
                var equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Addresses(Map.copyOf(values));
    }

    long pid() {
        return Long.parseLong(value("pid"));
    }

    /** Returns Magpie's HTTP API. */
    public URI service() {
        return URI.create(value("service"));
    }

    /** Returns the example business system. */
    public URI business() {
        return URI.create(value("business"));
    }

    /** Returns where those who run the system are answered; a cluster has such an address for each process, standalone one for all. */
    public URI management() {
        return URI.create(value("management"));
    }

    /** Returns where the gateways take frames. */
    public List<GatewayAddress> gateways() {
        return IntStream.rangeClosed(1, Integer.parseInt(value("gateways")))
                .mapToObj(this::gateway)
                .toList();
    }

    /** Returns where the n-th gateway takes frames, from 1. */
    public GatewayAddress gateway(int number) {
        var address = value("gateway_%d_tcp".formatted(number)).split(":", -1);
        return new GatewayAddress(address[0], Integer.parseInt(address[1]));
    }

    /** Returns where the n-th gateway takes WebSockets, from 1. */
    public URI webSocket(int number) {
        return URI.create(value("gateway_%d_websocket".formatted(number)));
    }

    /** Returns the port of a server that is named with its host and port. */
    int port(String name) {
        return Integer.parseInt(value(name).split(":", -1)[1]);
    }

    String value(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }
}
