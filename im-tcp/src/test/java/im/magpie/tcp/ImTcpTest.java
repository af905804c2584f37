package im.magpie.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.node.NodeRegistry;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.fixture.TestBroker;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
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
}
