package im.magpie.cluster.member;

import im.magpie.cluster.plan.Plan;
import im.magpie.cluster.plan.Topology;
import im.magpie.infrastructure.ServerAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Everything that a plan asks for.
 *
 * @param waves the members in the order of their start: those of a wave need nobody but members of the waves before
 * @param addresses where they can be reached, by the names of the file {@code addresses}
 */
public record Members(List<List<Member>> waves, Map<String, String> addresses) {

    /** Chooses the ports and draws the secrets that the plan does not hold yet; the topology may be another than the plan's. */
    public static Members of(Plan plan, Topology topology, JavaPrograms java) {
        var services = new Services(plan, topology, java);
        var names = new Epmd(plan.port(Epmd.NAME));
        var last = new ArrayList<Member>(several(topology.gateways(), services::gateway));
        last.add(services.business());
        var middle = new ArrayList<Member>(several(topology.stores(), services::store));
        middle.addAll(several(topology.services(), services::service));
        var waves = List.of(
                List.<Member>of(names), servers(plan, topology, names, java), List.copyOf(middle), List.copyOf(last));
        return new Members(waves, addresses(plan, topology, services));
    }

    /** Returns all members, in the order of their start. */
    public List<Member> all() {
        return waves.stream().flatMap(List::stream).toList();
    }

    /** Returns the member of this name. */
    public Optional<Member> find(String name) {
        return all().stream().filter(member -> member.name().equals(name)).findFirst();
    }

    private static List<Member> servers(Plan plan, Topology topology, Epmd names, JavaPrograms java) {
        var servers = new ArrayList<Member>();
        servers.add(new MariaDb(plan.port(MariaDb.NAME), plan.secret(MariaDb.NAME)));
        servers.add(new RabbitMq(
                plan.port(RabbitMq.NAME),
                plan.port("rabbitmq.management"),
                plan.port("rabbitmq.distribution"),
                names.port(),
                plan.secret(RabbitMq.NAME)));
        servers.add(new Nacos(plan.port(Nacos.NAME, Nacos.DISTANCES), java));
        var redis = plan.port(Redis.NAME);
        var password = plan.secret(Redis.NAME);
        servers.add(new Redis(Redis.NAME, redis, password, topology.redisReplica(), OptionalInt.empty()));
        if (topology.redisReplica()) {
            var replica = plan.port(Redis.REPLICA_NAME);
            servers.add(new Redis(Redis.REPLICA_NAME, replica, password, true, OptionalInt.of(redis)));
            servers.add(new Sentinel(plan.port(Sentinel.NAME), password, redis));
        }
        return List.copyOf(servers);
    }

    private static <T extends Member> List<T> several(int count, IntFunction<T> member) {
        return IntStream.rangeClosed(1, count).mapToObj(member).toList();
    }

    private static Map<String, String> addresses(Plan plan, Topology topology, Services services) {
        var addresses = new LinkedHashMap<String, String>();
        addresses.put("service", "http://" + on(services.httpPort(Services.SERVICE + "-1")));
        addresses.put("business", "http://" + on(services.httpPort(Services.BUSINESS)));
        addGateways(addresses, topology, services);
        addresses.put("services", Integer.toString(topology.services()));
        for (var number = 1; number <= topology.services(); number++) {
            addresses.put("service_" + number, "http://" + on(services.httpPort(Services.SERVICE + "-" + number)));
        }
        addresses.put("database", on(plan.port(MariaDb.NAME)));
        addresses.put("redis", on(plan.port(Redis.NAME)));
        if (topology.redisReplica()) {
            addresses.put("redis_replica", on(plan.port(Redis.REPLICA_NAME)));
            addresses.put("redis_sentinel", on(plan.port(Sentinel.NAME)));
        }
        addresses.put("broker", on(plan.port(RabbitMq.NAME)));
        addresses.put("broker_management", "http://" + on(plan.port("rabbitmq.management")));
        addresses.put("nacos", on(plan.port(Nacos.NAME)));
        return addresses;
    }

    private static void addGateways(Map<String, String> addresses, Topology topology, Services services) {
        addresses.put("gateways", Integer.toString(topology.gateways()));
        for (var number = 1; number <= topology.gateways(); number++) {
            var name = Services.GATEWAY + "-" + number;
            addresses.put("gateway_%d_tcp".formatted(number), on(services.tcpPort(name)));
            addresses.put("gateway_%d_websocket".formatted(number), "ws://" + on(services.webSocketPort(name)) + "/im");
        }
    }

    private static String on(int port) {
        return ServerAddress.LOOPBACK + ":" + port;
    }
}
