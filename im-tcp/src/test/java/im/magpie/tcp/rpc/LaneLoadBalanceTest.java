package im.magpie.tcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.rpc.Messages;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcInvocation;
import org.junit.jupiter.api.Test;

class LaneLoadBalanceTest {

    private static final int LANES = 64;

    private final LaneLoadBalance balance = new LaneLoadBalance();

    private final Invoker<Messages> a = instance("10.0.0.1:20880");
    private final Invoker<Messages> b = instance("10.0.0.2:20880");
    private final Invoker<Messages> c = instance("10.0.0.3:20880");

    /** Of an interface that is far too wide, what the choice asks for. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"})
    private static Invoker<Messages> instance(String address) {
        return (Invoker<Messages>) Proxy.newProxyInstance(
                Invoker.class.getClassLoader(),
                new Class<?>[] {Invoker.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "getUrl" -> URL.valueOf("tri://" + address);
                    case "hashCode" -> address.hashCode();
                    case "equals" -> self == arguments[0];
                    default -> throw new AssertionError(method);
                });
    }

    @SuppressWarnings("deprecation") // A call needs no method here, and has no other constructor for that.
    private Map<Integer, Invoker<Messages>> choices(Stream<Invoker<Messages>> instances) {
        var list = instances.toList();
        var choices = new HashMap<Integer, Invoker<Messages>>();
        for (var lane : IntStream.range(0, LANES).toArray()) {
            var call = new RpcInvocation();
            call.setAttachment("im-lane", Integer.toString(lane));
            choices.put(lane, balance.doSelect(list, URL.valueOf("consumer://10.0.0.9"), call));
        }
        return choices;
    }

    @Test
    void everyGatewayChoosesTheSameWhateverOrderItKnows() {
        assertThat(choices(Stream.of(c, a, b))).isEqualTo(choices(Stream.of(a, b, c)));
    }

    @Test
    void everyInstanceHasItsShare() {
        var lanes = choices(Stream.of(a, b, c)).values();

        for (var instance : List.of(a, b, c)) {
            assertThat(lanes.stream().filter(instance::equals).count()).isBetween(LANES / 6L, LANES * 2L / 3);
        }
    }

    @Test
    void onlyTheLanesOfTheOneThatIsGoneMove() {
        var before = choices(Stream.of(a, b, c));
        var after = choices(Stream.of(a, c));

        assertThat(after).allSatisfy((lane, instance) -> {
            if (!b.equals(before.get(lane))) {
                assertThat(instance).isEqualTo(before.get(lane));
            }
        });
    }
}
