package im.magpie.e2e.cluster;

import im.magpie.client.GatewayAddress;
import im.magpie.e2e.network.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Proxies on the ways of a cluster: from its services to their servers, and from clients to its gateways. */
public final class Links implements AutoCloseable {

    /** The servers that services can be told to reach through somebody else. */
    private static final List<String> SERVERS = List.of("mariadb", "rabbitmq", "redis");

    /** In such pieces bytes are carried, so that connections break in the middle of something. */
    private static final int CARRIED_AT_ONCE = 2_048;

    private final Map<String, Proxy> toServers = new LinkedHashMap<>();
    private final Map<String, Proxy> toGateways = new LinkedHashMap<>();

    /**
     * Opens the proxies; the cluster may start later.
     *
     * @param seed decides how late each connection is where they are late
     */
    public Links(NativeCluster cluster, List<String> gateways, long seed) {
        SERVERS.forEach(name -> toServers.put(name, open(cluster, name, seed)));
        gateways.forEach(name -> toGateways.put(name, open(cluster, name + ".tcp", seed)));
    }

    private static Proxy open(NativeCluster cluster, String port, long seed) {
        return Proxy.to(
                () -> new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.port(port)),
                CARRIED_AT_ONCE,
                seed);
    }

    /** Returns what the cluster's start has to be told, so that services go through the proxies. */
    public List<String> options() {
        return toServers.entrySet().stream()
                .map(entry -> "--through=%s=%d"
                        .formatted(entry.getKey(), entry.getValue().port()))
                .toList();
    }

    /** Returns where clients connect. */
    public List<GatewayAddress> gateways() {
        return toGateways.values().stream()
                .map(proxy -> new GatewayAddress(proxy.address().getAddress().getHostAddress(), proxy.port()))
                .toList();
    }

    /** Returns what the links lead to. */
    public List<String> names() {
        return Stream.concat(toGateways.keySet().stream(), toServers.keySet().stream())
                .toList();
    }

    /** Returns the proxy before a server or a gateway. */
    public Proxy to(String name) {
        var proxy = toServers.containsKey(name) ? toServers.get(name) : toGateways.get(name);
        return Objects.requireNonNull(proxy, name);
    }

    @Override
    public void close() {
        toServers.values().forEach(Proxy::close);
        toGateways.values().forEach(Proxy::close);
    }
}
