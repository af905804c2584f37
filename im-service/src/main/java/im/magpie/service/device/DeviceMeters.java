package im.magpie.service.device;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** What is measured of the list of devices. */
final class DeviceMeters {

    private final MeterRegistry registry;
    private final Counter dropped;

    DeviceMeters(MeterRegistry registry) {
        this.registry = registry;
        this.dropped = Counter.builder("magpie.service.dropped.devices")
                .description("Logins and activities of devices that found too many waiting to be written down")
                .baseUnit("devices")
                .register(registry);
    }

    void waiting(Supplier<Number> devices) {
        Gauge.builder("magpie.service.waiting.devices", devices)
                .description("Devices whose logins and activities wait to be written down")
                .baseUnit("devices")
                .register(registry);
    }

    void dropped() {
        dropped.increment();
    }
}
