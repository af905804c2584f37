package im.magpie.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.node.NodeRegistry;
import im.magpie.tcp.fixture.FakeGroups;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.fixture.FakeRooms;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.FakeTimelines;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.fixture.TestBroker;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import org.apache.dubbo.config.annotation.DubboService;
import org.apache.dubbo.config.spring.context.annotation.EnableDubbo;
import org.apache.dubbo.spring.boot.autoconfigure.DubboAutoConfiguration;
import org.apache.dubbo.spring.boot.autoconfigure.DubboRelaxedBinding2AutoConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;

/** The application as it is started, with its own configuration file; the services alone are missing. */
class ImTcpTest {

    private static final TestBroker BROKER = new TestBroker();

    @AfterAll
    static void stopBroker() {
        BROKER.close();
    }

    private static ConfigurableApplicationContext start(NodeRegistry registry) {
        var arguments = new ArrayList<>(List.of(
                "--spring.main.banner-mode=off",
                "--im.management.port=0",
                "--im.readiness.look-every=50ms",
                "--im.readiness.patience=100ms",
                "--im.tcp.node.renew-every=50ms",
                "--dubbo.registry.address=N/A",
                "--dubbo.protocol.name=injvm",
                "--dubbo.consumer.scope=local",
                "--dubbo.provider.scope=local",
                "--im.tcp.node-id=one",
                "--im.tcp.listen.tcp-port=0",
                "--im.tcp.listen.web-socket-port=0"));
        arguments.addAll(BROKER.arguments());
        return ImTcp.application()
                .initializers(context ->
                        ((GenericApplicationContext) context).registerBean(NodeRegistry.class, () -> registry))
                .registerShutdownHook(false)
                .run(arguments.toArray(String[]::new));
    }

    @Test
    void startsWithoutTheServicesAndSaysThatTheyAreMissing() {
        var registry = new LocalNodeRegistry();
        try (var _ = start(registry)) {
            assertThat(registry.nodes()).extracting(GatewayNode::nodeId).containsExactly("one");
            try (var client = new TestClient(registry.nodes().getFirst().tcpPort())) {
                client.write(Requests.login(1, "alice"));
                client.readFailure(1, ErrorCode.UNAVAILABLE);
            }
        }
        assertThat(registry.nodes()).isEmpty();
    }

    @Test
    void isReadyAsLongAsItsBrokerAndTheServicesAre() throws Exception {
        var registry = new LocalNodeRegistry();
        try (var node = start(registry)) {
            awaitHealth(node, 503, "no instance");
            try (var services = services()) {
                awaitHealth(node, 200, "UP");
                await().until(() -> registry.nodes().getFirst().ready());

                BROKER.stop();
                awaitHealth(node, 503, "broker");
                await().until(() -> !registry.nodes().getFirst().ready());
                BROKER.start();
                awaitHealth(node, 200, "UP");

                services.getBean(FakeSessions.class).missing = List.of("redis");
                awaitHealth(node, 503, "its instances are without redis");
                services.getBean(FakeSessions.class).missing = List.of();
                awaitHealth(node, 200, "UP");
            }
            awaitHealth(node, 503, "im-service");
            assertThat(health(node, "liveness").statusCode())
                    .as("nothing that it waits for is a reason to start it anew")
                    .isEqualTo(200);
        }
    }

    private static void awaitHealth(ConfigurableApplicationContext node, int status, String said) {
        await().untilAsserted(() -> {
            var answer = health(node, "readiness");
            assertThat(answer.body()).contains(said);
            assertThat(answer.statusCode()).isEqualTo(status);
        });
    }

    private static HttpResponse<String> health(ConfigurableApplicationContext node, String group) throws Exception {
        var port = node.getEnvironment().getProperty("local.server.port");
        var page = URI.create("http://127.0.0.1:" + port + "/actuator/health/" + group);
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString());
        }
    }

    /** Services that the node finds by Dubbo in this JVM. */
    private static ConfigurableApplicationContext services() {
        return new SpringApplicationBuilder(Services.class)
                .web(WebApplicationType.NONE)
                .registerShutdownHook(false)
                .run(
                        "--spring.application.name=services",
                        "--spring.main.banner-mode=off",
                        "--dubbo.registry.address=N/A",
                        "--dubbo.protocol.name=injvm",
                        "--dubbo.provider.scope=local");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration({DubboAutoConfiguration.class, DubboRelaxedBinding2AutoConfiguration.class})
    @EnableDubbo(scanBasePackages = "none")
    static class Services {

        @Bean
        @DubboService
        FakeSessions sessions() {
            return new FakeSessions();
        }

        @Bean
        @DubboService
        FakeMessages messages() {
            return new FakeMessages();
        }

        @Bean
        @DubboService
        FakeTimelines timelines() {
            return new FakeTimelines();
        }

        @Bean
        @DubboService
        FakeGroups groups() {
            return new FakeGroups();
        }

        @Bean
        @DubboService
        FakeRooms rooms() {
            return new FakeRooms();
        }
    }
}
