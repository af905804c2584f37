package im.magpie.e2e.story;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.e2e.crowd.Crowd;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Parts of a cluster die, hang, are replaced or are away for a while, and 50 clients chat on. Nothing acknowledged is lost or doubled, nothing has a
 * hole, and all devices agree in the end.
 */
@OnMagpie(OnMagpie.BROKEN)
@EnabledIfSystemProperty(named = "magpie.system", matches = "cluster")
class ClusterIT {

    private static final int CLIENTS = 50;
    private static final Duration HALF_A_MINUTE = Duration.ofSeconds(30);

    @ParameterizedTest
    @ValueSource(strings = {"im-tcp-1", "im-service-1", "im-message-store-1"})
    void oneProcessIsKilled(String name, People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            cluster.member(name).kill();
            crowd.sendsForAWhile();
            cluster.member(name).comeBack();
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void everyProcessIsReplacedOneByOne(People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            for (var name : List.of("im-message-store-1", "im-message-store-2", "im-service-1", "im-service-2")) {
                cluster.member(name).restart();
            }
            assertThat(crowd.devices()).allMatch(device -> device.connections() == 1);
            for (var name : List.of("im-tcp-1", "im-tcp-2")) {
                var before = crowd.devices().stream().collect(Collectors.toMap(device -> device, Device::connections));
                crowd.sendsForAWhile();
                cluster.member(name).restart();
                assertThat(crowd.devices())
                        .allMatch(device -> device.connections() <= Objects.requireNonNull(before.get(device)) + 1);
            }
            crowd.sendsOnAndAgrees();
            assertThat(crowd.refused()).isZero();
        }
    }

    @Test
    void nacosIsAway(People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            cluster.member("nacos").kill();
            var before = crowd.acknowledged();
            crowd.sendsFor(HALF_A_MINUTE);
            assertThat(crowd.acknowledged()).isGreaterThan(before);
            crowd.sendsForAWhile();
            cluster.member("nacos").comeBack();
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void theBrokerIsRestarted(People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            cluster.member("rabbitmq").restart();
            crowd.sendsOnAndAgrees();
            assertThat(crowd.refused()).isZero();
        }
    }

    @Test
    void redisComesBackEmpty(People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            // Else the replica would be promoted, and nothing forgotten.
            cluster.member("redis-replica").kill();
            cluster.redis().dieAndComeBackEmpty();
            crowd.sendsForAWhile();
            cluster.member("redis-replica").comeBack();
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void aReplicaThatWasBehindIsPromotedAndTheOldMasterLater(People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            promote(cluster, crowd, "redis", "redis-replica", "redis_replica");
            crowd.sendsForAWhile();
            promote(cluster, crowd, "redis-replica", "redis", "redis");
            crowd.sendsOnAndAgrees();
        }
    }

    /** What the crowd sends while the replica hangs is on the master alone when that dies. */
    private static void promote(Cluster cluster, Crowd crowd, String master, String replica, String address) {
        Await.until(
                replica + " has what " + master + " has", () -> cluster.redis().follows(address));
        cluster.member(replica).pause();
        crowd.sendsForAWhile();
        cluster.member(master).kill();
        cluster.member(replica).resume();
        crowd.sendsForAWhile();
        cluster.member(master).comeBack();
    }

    @Test
    void theDatabaseIsAway(People people, Cluster cluster) {
        try (var crowd = Crowd.large(people, CLIENTS)) {
            crowd.sendsForAWhile();
            cluster.database().kill();
            crowd.sendsFor(HALF_A_MINUTE);
            crowd.sendsForAWhile();
            cluster.database().comeBack();
            crowd.sendsOnAndAgrees();
        }
    }

    @Test
    void aGatewayThatIsKilledLeavesTheListWithinThreeSeconds(People people, Cluster cluster) {
        var alice = people.person("alice");
        var api = alice.api();
        assertThat(api.get("/v1/gateways").body().objects("gateways")).hasSize(2);

        cluster.member("im-tcp-2").kill();

        var left = Await.within(
                Duration.ofSeconds(3),
                () -> api.get("/v1/gateways").body().objects("gateways").size() == 1);
        cluster.member("im-tcp-2").comeBack();
        assertThat(left).isTrue();
        Await.until(
                "it is back",
                () -> api.get("/v1/gateways").body().objects("gateways").size() == 2);
    }
}
