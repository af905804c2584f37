package im.magpie.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.apache.dubbo.common.constants.CommonConstants;
import org.apache.dubbo.common.extension.Activate;
import org.apache.dubbo.rpc.Filter;
import org.apache.dubbo.rpc.Invocation;
import org.apache.dubbo.rpc.Invoker;
import org.apache.dubbo.rpc.Result;
import org.apache.dubbo.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/**
 * Times the calls of other services, each attempt by itself, and those that others make here. A business error is a reply like any other;
 * what counts as failed is a call whose outcome is unknown.
 *
 * <p>Dubbo makes it, and hands it the registry of the Spring context that it belongs to.
 */
@Activate(group = {CommonConstants.CONSUMER, CommonConstants.PROVIDER}, order = Integer.MIN_VALUE / 2)
public final class RpcTimer implements Filter {

    private record Key(boolean client, String service, String method, String result) {}

    private final ConcurrentMap<Key, Timer> timers = new ConcurrentHashMap<>();
    private volatile @Nullable MeterRegistry registry;

    /** For Dubbo, which looks for a bean of this type. */
    public void setMeterRegistry(@Nullable MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation call) {
        var meters = registry;
        if (meters == null) {
            return invoker.invoke(call);
        }
        var client = CommonConstants.CONSUMER.equals(
                invoker.getUrl().getSide(CommonConstants.PROVIDER));
        var begin = System.nanoTime();
        try {
            return invoker.invoke(call)
                    .whenCompleteWithContext((reply, failure) -> record(
                            meters, client, invoker, call, result(failure == null ? exception(reply) : failure), begin));
        } catch (RuntimeException e) {
            record(meters, client, invoker, call, result(e), begin);
            throw e;
        }
    }

    private static @Nullable Throwable exception(@Nullable Result reply) {
        return reply == null ? null : reply.getException();
    }

    private static String result(@Nullable Throwable failure) {
        if (failure == null) {
            return "ok";
        }
        return failure instanceof RpcException e && e.isTimeout() ? "timeout" : "failed";
    }

    private void record(
            MeterRegistry meters, boolean client, Invoker<?> invoker, Invocation call, String result, long begin) {
        var took = System.nanoTime() - begin;
        var key = new Key(client, invoker.getInterface().getSimpleName(), call.getMethodName(), result);
        timers.computeIfAbsent(key, each -> timer(meters, each)).record(took, TimeUnit.NANOSECONDS);
    }

    private static Timer timer(MeterRegistry meters, Key key) {
        return Timer.builder(key.client() ? "magpie.rpc.client" : "magpie.rpc.server")
                .description(
                        key.client()
                                ? "Calls of other services, each attempt by itself"
                                : "Calls that other services made here")
                .tag("service", key.service())
                .tag("method", key.method())
                .tag("result", key.result())
                .register(meters);
    }
}
