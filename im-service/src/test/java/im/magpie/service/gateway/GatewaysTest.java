package im.magpie.service.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.node.NodeRegistry;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.validation.beanvalidation.LocalValidatorFactoryBean;

class GatewaysTest {

    private final NodeRegistry registry = new LocalNodeRegistry();
    private final Gateways gateways = new Gateways(registry, new SplittableRandom(4711));

    @Test
    void namesEveryNodeOnce() {
        var a = node("a", 5);
        var b = node("b", 0);
        registry.register(a);
        registry.register(b);

        assertThat(gateways.inOrder()).containsExactlyInAnyOrder(a, b);
    }

    @Test
    void namesNobodyWhereNobodyIs() {
        assertThat(gateways.inOrder()).isEmpty();
    }

    @Test
    void anEmptyNodeComesFirstAlmostAlways() {
        registry.register(node("full", 99_999));
        registry.register(node("empty", 0));

        assertThat(timesFirst("empty", 1_000)).isGreaterThan(990);
    }

    @Test
    void nodesAlikeTakeTurns() {
        registry.register(node("a", 100));
        registry.register(node("b", 100));

        assertThat(timesFirst("a", 1_000)).isBetween(400L, 600L);
    }

    @Test
    void aNodeWithHalfTheLoadComesFirstTwiceAsOften() {
        registry.register(node("a", 999));
        registry.register(node("b", 1_999));

        assertThat(timesFirst("a", 3_000)).isBetween(1_850L, 2_150L);
    }

    @Test
    void aRegistryThatSomebodyBringsIsAsked() {
        new ApplicationContextRunner()
                .withUserConfiguration(GatewayConfiguration.class)
                .withBean(LocalValidatorFactoryBean.class)
                .withBean(NodeRegistry.class, () -> registry)
                .run(context ->
                        assertThat(context).hasSingleBean(Gateways.class).hasSingleBean(NodeRegistry.class));
    }

    @Test
    void nacosHasToBeSomewhere() {
        new ApplicationContextRunner()
                .withUserConfiguration(GatewayConfiguration.class)
                .withBean(LocalValidatorFactoryBean.class)
                .withPropertyValues("im.nacos.server-address= ")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("serverAddress"));
    }

    private long timesFirst(String nodeId, int draws) {
        return IntStream.range(0, draws)
                .filter(_ -> gateways.inOrder().getFirst().nodeId().equals(nodeId))
                .count();
    }

    private static GatewayNode node(String nodeId, int connections) {
        return new GatewayNode(nodeId, nodeId + "-1", "127.0.0.1", 7000, 7001, connections);
    }
}
