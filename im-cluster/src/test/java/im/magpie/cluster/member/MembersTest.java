package im.magpie.cluster.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import im.magpie.cluster.plan.Plan;
import im.magpie.cluster.plan.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MembersTest {

    @TempDir
    Path folder;

    private Plan plan;

    @BeforeEach
    void openPlan() {
        plan = new Plan(folder);
    }

    @Test
    void startsWhoeverIsNeededBeforeThoseWhoNeedThem() {
        var waves = members(Topology.DEFAULT).waves().stream()
                .map(wave -> wave.stream().map(Member::name).toList())
                .toList();

        assertThat(waves)
                .containsExactly(
                        List.of("epmd"),
                        List.of("mariadb", "rabbitmq", "nacos", "redis"),
                        List.of("im-message-store-1", "im-message-store-2", "im-service-1", "im-service-2"),
                        List.of("im-tcp-1", "im-tcp-2", "im-app-business"));
    }

    @Test
    void hasAsManyAsAskedFor() {
        var members = members(new Topology(3, 1, 2, true, Duration.ofSeconds(1)));

        assertThat(members.find("im-tcp-3")).isPresent();
        assertThat(members.find("im-service-2")).isEmpty();
        assertThat(members.find("redis-replica")).isPresent();
        assertThat(members.addresses()).containsEntry("gateways", "3").containsKeys("gateway_3_tcp", "redis_replica");
    }

    @Test
    void givesEverybodyPortsOfTheirOwn() {
        var ports = members(Topology.DEFAULT).all().stream().flatMap(member -> member.ports().stream());

        assertThat(ports).doesNotHaveDuplicates();
    }

    @Test
    void tellsServicesWhereTheServersAre() {
        var members = members(Topology.DEFAULT);
        var environment = instance(members, "im-service-1").environment();

        assertThat(environment)
                .containsEntry("IM_NACOS_SERVER_ADDRESS", members.addresses().get("nacos"))
                .containsEntry("IM_BROKER_ADDRESSES", members.addresses().get("broker"))
                .containsEntry(
                        "IM_SERVICE_REDIS_ADDRESSES",
                        "redis://" + members.addresses().get("redis"))
                .containsEntry(
                        "IM_DATABASE_URL", "jdbc:mysql://" + members.addresses().get("database") + "/magpie_service")
                .containsEntry("IM_DATABASE_PASSWORD", plan.secret("mariadb"));
    }

    @Test
    void tellsServicesOfWhoStandsBeforeAServer() {
        var through = Map.of("redis", 7000, "mariadb", 7001, "rabbitmq", 7002);
        var members = members(new Topology(1, 1, 1, false, Duration.ofSeconds(1), through));

        assertThat(instance(members, "im-service-1").environment())
                .containsEntry("IM_SERVICE_REDIS_ADDRESSES", "redis://127.0.0.1:7000")
                .containsEntry("IM_DATABASE_URL", "jdbc:mysql://127.0.0.1:7001/magpie_service")
                .containsEntry("IM_BROKER_ADDRESSES", "127.0.0.1:7002");
        assertThat(members.addresses()).containsEntry("redis", "127.0.0.1:" + plan.port("redis"));
    }

    @Test
    void misleadsAMemberAboutTheTimeOnly() throws IOException {
        assumeThat(WrongClock.library()).isPresent();
        var member = members(Topology.DEFAULT).find("redis").orElseThrow();
        var misled = WrongClock.of(member, Duration.ofMinutes(-10));
        var own = Files.createDirectories(folder.resolve("redis"));

        assertThat(misled.prepare(own).command()).isEqualTo(member.prepare(own).command());
        assertThat(misled.prepare(own).environment())
                .containsEntry("FAKETIME", "-600s")
                .containsEntry("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .containsEntry("NO_FAKE_STAT", "1");
        assertThat(misled.name()).isEqualTo("redis");
    }

    @Test
    void tellsOfASecretOnlyWhoNeedsIt() {
        var members = members(Topology.DEFAULT);

        assertThat(instance(members, "im-tcp-1").environment()).doesNotContainValue(plan.secret("mariadb"));
        assertThat(instance(members, "im-app-business").environment()).doesNotContainValue(plan.secret("rabbitmq"));
        assertThat(members.addresses().values()).doesNotContain(plan.secret("redis"), plan.secret("rabbitmq"));
    }

    @Test
    void setsNothingThatServicesDoNotKnow() throws IOException {
        var documented = Files.readString(Path.of("..", "docs", "configuration.md"));
        var members = members(Topology.DEFAULT);

        assertThat(Stream.of("im-service-1", "im-message-store-1", "im-tcp-1", "im-app-business")
                        .flatMap(name -> instance(members, name).environment().keySet().stream()))
                .allSatisfy(variable -> assertThat(documented).contains("`" + variable + "`"));
    }

    private Members members(Topology topology) {
        return Members.of(plan, topology, new JavaPrograms(folder));
    }

    private static ServiceInstance instance(Members members, String name) {
        return (ServiceInstance) members.find(name).orElseThrow();
    }
}
