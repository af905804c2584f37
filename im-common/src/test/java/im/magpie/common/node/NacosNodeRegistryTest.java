package im.magpie.common.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alibaba.nacos.api.exception.NacosException;
import com.alibaba.nacos.api.naming.NamingService;
import com.alibaba.nacos.api.naming.pojo.Instance;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NacosNodeRegistryTest {

    /** A Nacos of one service, whose interface is far too wide to be implemented by hand. */
    private static final class FakeNacos {
        final List<Instance> instances = new ArrayList<>();
        int registrations;
        boolean up = true;

        NamingService client() {
            return (NamingService) Proxy.newProxyInstance(
                    NamingService.class.getClassLoader(),
                    new Class<?>[] {NamingService.class},
                    (_, method, arguments) -> {
                        if (method.getName().equals("getServerStatus")) {
                            return up ? "UP" : "DOWN";
                        }
                        if (!up) {
                            throw new NacosException(NacosException.CLIENT_DISCONNECT, "down");
                        }
                        return call(method.getName(), arguments);
                    });
        }

        private @Nullable Object call(String method, Object[] arguments) {
            switch (method) {
                case "registerInstance" -> {
                    registrations++;
                    remove((Instance) arguments[1]);
                    instances.add((Instance) arguments[1]);
                }
                case "deregisterInstance" -> remove((Instance) arguments[1]);
                case "selectInstances" -> {
                    return List.copyOf(instances);
                }
                default -> throw new AssertionError(method);
            }
            return null;
        }

        private void remove(Instance instance) {
            instances.removeIf(known -> known.toInetAddr().equals(instance.toInetAddr()));
        }
    }

    private final FakeNacos nacos = new FakeNacos();
    private final NacosNodeRegistry registry = new NacosNodeRegistry(nacos.client(), "10.0.0.1");
    private final GatewayNode node = new GatewayNode("gateway-1", "gateway-1.x.y", "im.example", 7300, 7301, 12);

    @Test
    void aNodeIsAnEphemeralInstanceWithAllThatIsKnownOfIt() {
        registry.register(node);

        var instance = nacos.instances.getFirst();
        assertThat(instance.isEphemeral()).isTrue();
        assertThat(instance.toInetAddr()).isEqualTo("10.0.0.1:7300");
        assertThat(registry.nodes()).containsExactly(node);
    }

    @Test
    void onlyWhatIsNewIsRegisteredAgain() {
        var busier = new GatewayNode("gateway-1", "gateway-1.x.y", "im.example", 7300, 7301, 13);
        registry.register(node);
        registry.register(node);
        assertThat(nacos.registrations).isEqualTo(1);
        registry.register(busier);
        assertThat(registry.nodes()).containsExactly(busier);
    }

    @Test
    void aNodeThatDeregistersIsUnknown() {
        registry.register(node);
        registry.deregister(node);
        assertThat(registry.nodes()).isEmpty();

        registry.register(node);
        assertThat(registry.nodes()).containsExactly(node);
    }

    @Test
    void whatIsNoNodeOfOursIsLeftOut() {
        var stranger = new Instance();
        stranger.setIp("10.0.0.9");
        nacos.instances.add(stranger);
        assertThat(registry.nodes()).isEmpty();
    }

    @Test
    void aRegistryThatCannotBeReachedIsUnavailable() {
        registry.register(node);
        nacos.up = false;

        assertUnavailable(() -> registry.register(node));
        assertUnavailable(() -> registry.deregister(node));
        assertUnavailable(registry::nodes);
    }

    private static void assertUnavailable(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
}
