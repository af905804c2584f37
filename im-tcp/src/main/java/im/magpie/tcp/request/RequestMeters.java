package im.magpie.tcp.request;

import im.magpie.tcp.send.SendMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What is measured of the requests of connections that have logged in. */
public final class RequestMeters {

    private final SendMeters sends;
    private final Counter refusals;

    public RequestMeters(MeterRegistry registry) {
        this.sends = new SendMeters(registry);
        this.refusals = Counter.builder("magpie.gateway.rate.limited")
                .description("Requests refused, because their connection went on too fast")
                .baseUnit("requests")
                .register(registry);
    }

    SendMeters sends() {
        return sends;
    }

    void refusedForRate() {
        refusals.increment();
    }
}
