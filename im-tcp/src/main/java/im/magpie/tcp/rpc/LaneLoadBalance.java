package im.magpie.tcp.rpc;

import im.magpie.common.partition.Partitions;
import java.util.Comparator;
import java.util.List;
import org.apache.dubbo.common.URL;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.RpcContext;
import org.apache.dubbo.rpc.cluster.loadbalance.AbstractLoadBalance;

/**
 * Sends the calls of one lane to one instance of im-service, which all gateways with as many lanes agree on, as long as the
 * instances stay: so one instance has most of what concerns a conversation, and messages seldom overtake each other behind
 * the lane. When an instance comes or goes only the lanes move that are its own (rendezvous hashing).
 *
 * <p>Dubbo makes it by its name, {@code lane}.
 */
public final class LaneLoadBalance extends AbstractLoadBalance {

    private static final String LANE = "im-lane";

    /** Says which lane the next call of this thread is of. */
    public static void callFor(int lane) {
        RpcContext.getClientAttachment().setAttachment(LANE, Integer.toString(lane));
    }

    @Override
    protected <T> Invoker<T> doSelect(List<Invoker<T>> instances, URL url, Invocation call) {
        var lane = call.getAttachment(LANE, "");
        return instances.stream()
                .max(Comparator.comparingInt(
                        instance -> Partitions.hash(lane, instance.getUrl().getAddress())))
                .orElseThrow();
    }
}
