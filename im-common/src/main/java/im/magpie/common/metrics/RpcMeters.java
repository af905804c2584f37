package im.magpie.common.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/** The timers of calls between services. Safe for use by many threads. */
public final class RpcMeters {

    /**
     * What a timer is of.
     *
     * @param client whether the call went out from here, rather than came in
     * @param result {@code ok}, {@code timeout} or {@code failed}
     */
    record Call(boolean client, String service, String method, String result) {}

    private final ConcurrentMap<Call, Timer> timers = new ConcurrentHashMap<>();
    private final MeterRegistry registry;

    public RpcMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void took(Call call, long nanos) {
        timers.computeIfAbsent(call, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Call call) {
        return Timer.builder(call.client() ? "magpie.rpc.client" : "magpie.rpc.server")
                .description(
                        call.client()
                                ? "Calls of other services, each attempt by itself"
                                : "Calls that other services made here")
                .tag("service", call.service())
                .tag("method", call.method())
                .tag("result", call.result())
                .register(registry);
    }
}
