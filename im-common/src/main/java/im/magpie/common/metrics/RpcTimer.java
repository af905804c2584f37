package im.magpie.common.metrics;

import im.magpie.common.metrics.RpcMeters.Call;
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
 * <p>Dubbo makes it, and hands it the bean {@code rpcMeters} of the Spring context that it belongs to; where there is none it measures nothing.
 */
@Activate(
        group = {CommonConstants.CONSUMER, CommonConstants.PROVIDER},
        order = Integer.MIN_VALUE / 2)
public final class RpcTimer implements Filter {

    private volatile @Nullable RpcMeters meters;

    /** For Dubbo, which takes the bean's name from this method's. */
    public void setRpcMeters(@Nullable RpcMeters meters) {
        this.meters = meters;
    }

    @Override
    public Result invoke(Invoker<?> invoker, Invocation invocation) {
        var into = meters;
        if (into == null) {
            return invoker.invoke(invocation);
        }
        var begin = System.nanoTime();
        try {
            return invoker.invoke(invocation).whenCompleteWithContext((reply, failure) -> {
                var took = System.nanoTime() - begin;
                into.took(call(invoker, invocation, failure == null ? exception(reply) : failure), took);
            });
        } catch (RuntimeException e) {
            into.took(call(invoker, invocation, e), System.nanoTime() - begin);
            throw e;
        }
    }

    private static Call call(Invoker<?> invoker, Invocation invocation, @Nullable Throwable failure) {
        var side = invoker.getUrl().getSide(CommonConstants.PROVIDER);
        return new Call(
                side.equals(CommonConstants.CONSUMER),
                invoker.getInterface().getSimpleName(),
                invocation.getMethodName(),
                result(failure));
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
}
