package im.magpie.tcp.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.node.GatewayNode;
import im.magpie.common.node.LocalNodeRegistry;
import im.magpie.common.node.NodeRegistry;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.transport.Ports;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class MembershipTest {

    /** A registry that can be cut off. */
    private static final class Remote implements NodeRegistry {
        final LocalNodeRegistry nodes = new LocalNodeRegistry();
        final AtomicInteger attempts = new AtomicInteger();
        volatile boolean reachable = true;

        private LocalNodeRegistry reach() {
            attempts.incrementAndGet();
            if (!reachable) {
                throw new MagpieException(ErrorCode.UNAVAILABLE, "cut off");
            }
            return nodes;
        }

        @Override
        public void register(GatewayNode node) {
            reach().register(node);
        }

        @Override
        public void deregister(GatewayNode node) {
            reach().deregister(node);
        }

        @Override
        public List<GatewayNode> nodes() {
            return reach().nodes();
        }
    }

    private final Remote registry = new Remote();
    private final Incarnation own = Incarnation.begin("gateway-1", Clock.systemUTC());
    private final AtomicInteger recoveries = new AtomicInteger();
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final Membership membership = new Membership(
            registry,
            own,
            "im.example",
            new Connections(),
            ready::get,
            Duration.ofMillis(5),
            recoveries::incrementAndGet);

    @Test
    void eachLifeHasANameOfItsOwn() {
        var other = Incarnation.begin("gateway-1", Clock.systemUTC());
        assertThat(own.name()).startsWith("gateway-1.").isNotEqualTo(other.name());
    }

    @Test
    void isKnownFromJoiningToLeaving() throws InterruptedException {
        membership.join(new Ports(1, 2));
        assertThat(registry.nodes.nodes())
                .containsExactly(new GatewayNode("gateway-1", own.name(), "im.example", 1, 2, 0));
        assertThat(membership.others()).isEmpty();

        var other = new GatewayNode("gateway-2", "other", "im.example", 3, 4, 0);
        registry.register(other);
        assertThat(membership.others()).containsExactly(other);
        membership.leave();
        assertThat(registry.nodes.nodes()).containsExactly(other);
    }

    @Test
    void tellsWhetherTheNodeCanServe() throws InterruptedException {
        membership.join(new Ports(1, 2));
        assertThat(membership.everKnown()).isTrue();
        ready.set(false);
        await().until(() -> !registry.nodes.nodes().getFirst().ready());
        ready.set(true);
        await().until(() -> registry.nodes.nodes().getFirst().ready());
        membership.leave();
    }

    @Test
    void sendsClientsToNodesThatAreReadyWhereThereAreAny() {
        var lame = new GatewayNode("gateway-2", "lame", "im.example", 3, 4, 0, false);
        var fit = new GatewayNode("gateway-3", "fit", "im.example", 5, 6, 0);
        registry.register(lame);
        assertThat(membership.others()).containsExactly(lame);
        registry.register(fit);
        assertThat(membership.others()).containsExactly(fit);
    }

    @Test
    void tellsWhenTheRegistryIsBack() throws InterruptedException {
        membership.join(new Ports(1, 2));
        registry.reachable = false;
        var attempts = registry.attempts.get();
        await().until(() -> registry.attempts.get() > attempts + 1);
        assertThat(recoveries).hasValue(0);
        registry.reachable = true;
        await().until(() -> recoveries.get() == 1);
        membership.leave();
    }

    @Test
    void aRegistryThatIsNotThereHoldsNothingUp() throws InterruptedException {
        registry.reachable = false;
        membership.join(new Ports(1, 2));
        assertThat(membership.others()).isEmpty();
        membership.leave();
    }
}
