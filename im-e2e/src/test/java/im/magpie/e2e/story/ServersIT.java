package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.system.Cluster;
import im.magpie.e2e.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What a cluster keeps on its broker and in its registry, as their own HTTP APIs tell. */
@OnMagpie
@EnabledIfSystemProperty(named = "magpie.system", matches = "cluster")
class ServersIT {

    private static final String EVERYTHING = "?page=1&page_size=500";
    /** Every virtual host has these: the nameless one, and those that the protocol asks for. */
    private static final String OF_THE_BROKER = "|amq\\..*";

    private static final String PROVIDERS = "providers:im.magpie.common.rpc.%s::";

    @Test
    void theBrokerHasTheExchangesOfTheDesignAndNoOthers(Cluster cluster) {
        var exchanges = cluster.broker().get("/api/exchanges/im" + EVERYTHING).orFail().body().objects("items").stream()
                .filter(exchange -> !exchange.text("name").matches(OF_THE_BROKER))
                .map(exchange -> exchange.text("name") + " " + exchange.text("type"));

        assertThat(exchanges).containsExactlyInAnyOrder("im.store direct", "im.push direct", "im.dead fanout");
    }

    @Test
    void theBrokerHasTheQueuesOfTheDesignAndNoOthers(Cluster cluster) {
        var queues = cluster.broker()
                .get("/api/queues/im" + EVERYTHING)
                .orFail()
                .body()
                .objects("items");

        assertThat(queues)
                .extracting(ServersIT::description)
                .containsExactlyInAnyOrder(
                        "im.store.0 durable", "im.dead durable", "im.push. exclusive", "im.push. exclusive");
    }

    /** A gateway's queue is named after its incarnation. */
    private static String description(Json queue) {
        var name = queue.text("name").replaceFirst("^(im\\.push\\.).+", "$1");
        return name + (queue.flag("durable") ? " durable" : "") + (queue.flag("exclusive") ? " exclusive" : "");
    }

    @Test
    void theRegistryHasTheGatewaysAndTheServicesOfAllProcesses(Cluster cluster) {
        var services = cluster.registry()
                .get("/nacos/v1/ns/service/list?pageNo=1&pageSize=100")
                .orFail()
                .body();
        var calls = List.of(
                        "Sessions",
                        "Messages",
                        "Timelines",
                        "Groups",
                        "Rooms",
                        "StoreReports",
                        "MessageHistory",
                        "RoomHistory")
                .stream()
                .map(PROVIDERS::formatted)
                .toList();

        assertThat(services.texts("doms")).contains("im-tcp").containsAll(calls).hasSize(1 + calls.size());
        for (var name : services.texts("doms")) {
            var hosts = cluster.registry()
                    .get("/nacos/v1/ns/instance/list?serviceName=" + name)
                    .orFail()
                    .body();
            assertThat(hosts.objects("hosts")).as(name).hasSize(2);
        }
    }
}
