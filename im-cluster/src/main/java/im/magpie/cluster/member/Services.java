package im.magpie.cluster.member;

import static java.util.stream.Collectors.joining;

import im.magpie.cluster.plan.Plan;
import im.magpie.cluster.plan.Topology;
import im.magpie.infrastructure.MariaDbSettings;
import im.magpie.infrastructure.ServerAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Makes the instances of the Magpie services: each one's ports, and its configuration as environment variables. */
final class Services {

    static final String GATEWAY = "im-tcp";
    static final String SERVICE = "im-service";
    static final String STORE = "im-message-store";
    static final String BUSINESS = "im-app-business";

    /** The app that is made at the first start, and that the example business system owns. */
    private static final String APP_ID = "demo";

    private static final String APP_SECRET = "app";
    private static final String SERVICE_DATABASE = "magpie_service";
    private static final String STORE_DATABASE = "magpie_store";
    private static final String BUSINESS_DATABASE = "magpie_app";

    private final Plan plan;
    private final Topology topology;
    private final JavaPrograms java;

    Services(Plan plan, Topology topology, JavaPrograms java) {
        this.plan = plan;
        this.topology = topology;
        this.java = java;
    }

    ServiceInstance store(int number) {
        var name = STORE + "-" + number;
        var environment = inTheCluster(name);
        addDatabase(environment, STORE_DATABASE);
        return new ServiceInstance(
                name, STORE, number == 1, List.of(rpcPort(name), managementPort(name)), environment, java);
    }

    ServiceInstance service(int number) {
        var name = SERVICE + "-" + number;
        var environment = inTheCluster(name);
        addDatabase(environment, SERVICE_DATABASE);
        addHttp(environment, name);
        if (topology.redisReplica()) {
            environment.put("IM_SERVICE_REDIS_ADDRESSES", "redis://" + on(plan.port(Sentinel.NAME)));
            environment.put("IM_SERVICE_REDIS_SENTINEL_MASTER", Sentinel.MASTER);
        } else {
            environment.put("IM_SERVICE_REDIS_ADDRESSES", "redis://" + server(Redis.NAME));
        }
        environment.put("IM_SERVICE_REDIS_PASSWORD", plan.secret(Redis.NAME));
        environment.put("IM_SERVICE_FIRST_APP_ID", APP_ID);
        environment.put("IM_SERVICE_FIRST_APP_NAME", "Demo");
        environment.put("IM_SERVICE_FIRST_APP_SECRET", plan.secret(APP_SECRET));
        return new ServiceInstance(
                name,
                SERVICE,
                number == 1,
                List.of(httpPort(name), rpcPort(name), managementPort(name)),
                environment,
                java);
    }

    ServiceInstance gateway(int number) {
        var name = GATEWAY + "-" + number;
        var environment = inTheCluster(name);
        environment.put("IM_TCP_NODE_ID", "gateway-" + number);
        environment.put("IM_TCP_HOST", ServerAddress.LOOPBACK);
        environment.put("IM_TCP_LISTEN_ADDRESS", ServerAddress.LOOPBACK);
        environment.put("IM_TCP_LISTEN_TCP_PORT", Integer.toString(tcpPort(name)));
        environment.put("IM_TCP_LISTEN_WEB_SOCKET_PORT", Integer.toString(webSocketPort(name)));
        environment.put("IM_TCP_HEARTBEAT_INTERVAL", topology.heartbeat().toString());
        return new ServiceInstance(
                name,
                GATEWAY,
                number == 1,
                List.of(tcpPort(name), webSocketPort(name), managementPort(name)),
                environment,
                java);
    }

    ServiceInstance business() {
        var environment = new TreeMap<String, String>();
        addManagement(environment, BUSINESS);
        addDatabase(environment, BUSINESS_DATABASE);
        addHttp(environment, BUSINESS);
        environment.put(
                "IM_APP_BUSINESS_MAGPIE_URLS",
                IntStream.rangeClosed(1, topology.services())
                        .mapToObj(number -> "http://" + on(httpPort(SERVICE + "-" + number)))
                        .collect(joining(",")));
        environment.put("IM_APP_BUSINESS_APP_ID", APP_ID);
        environment.put("IM_APP_BUSINESS_APP_SECRET", plan.secret(APP_SECRET));
        return new ServiceInstance(
                BUSINESS, BUSINESS, true, List.of(httpPort(BUSINESS), managementPort(BUSINESS)), environment, java);
    }

    int httpPort(String name) {
        return plan.port(name + ".http");
    }

    int managementPort(String name) {
        return plan.port(name + ".management");
    }

    int tcpPort(String name) {
        return plan.port(name + ".tcp");
    }

    int webSocketPort(String name) {
        return plan.port(name + ".websocket");
    }

    private int rpcPort(String name) {
        return plan.port(name + ".rpc");
    }

    private Map<String, String> inTheCluster(String name) {
        var environment = new TreeMap<String, String>();
        addManagement(environment, name);
        environment.put("IM_NACOS_SERVER_ADDRESS", on(plan.port(Nacos.NAME, Nacos.DISTANCES)));
        environment.put("IM_BROKER_ADDRESSES", server(RabbitMq.NAME));
        environment.put("IM_BROKER_USERNAME", RabbitMq.USER);
        environment.put("IM_BROKER_PASSWORD", plan.secret(RabbitMq.NAME));
        environment.put("IM_BROKER_VIRTUAL_HOST", RabbitMq.VIRTUAL_HOST);
        environment.put("IM_RPC_HOST", ServerAddress.LOOPBACK);
        // Not any free one: several JVMs that look for one at the same time find the same.
        environment.put("IM_RPC_PORT", Integer.toString(rpcPort(name)));
        return environment;
    }

    private void addManagement(Map<String, String> environment, String name) {
        environment.put("IM_MANAGEMENT_ADDRESS", ServerAddress.LOOPBACK);
        environment.put("IM_MANAGEMENT_PORT", Integer.toString(managementPort(name)));
    }

    private void addHttp(Map<String, String> environment, String name) {
        environment.put("IM_HTTP_ADDRESS", ServerAddress.LOOPBACK);
        environment.put("IM_HTTP_PORT", Integer.toString(httpPort(name)));
    }

    private void addDatabase(Map<String, String> environment, String database) {
        environment.put("IM_DATABASE_URL", "jdbc:mysql://" + server(MariaDb.NAME) + "/" + database);
        environment.put("IM_DATABASE_USERNAME", MariaDbSettings.USER);
        environment.put("IM_DATABASE_PASSWORD", plan.secret(MariaDb.NAME));
    }

    /** Where services are told that a server is. */
    private String server(String name) {
        var through = topology.through().get(name);
        return on(through == null ? plan.port(name) : through);
    }

    private static String on(int port) {
        return ServerAddress.LOOPBACK + ":" + port;
    }
}
