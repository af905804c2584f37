package im.magpie.store.queue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** The queues that stand still until somebody has looked: in the log, in the health and in a gauge. Safe for use by many threads. */
@Component
final class QueueAlarms implements HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(QueueAlarms.class);

    private final Map<String, String> stopped = new ConcurrentHashMap<>();

    QueueAlarms(MeterRegistry meters) {
        Gauge.builder("magpie.store.stopped.queues", stopped, Map::size)
                .description("Store queues that stand still until somebody has looked")
                .baseUnit("queues")
                .register(meters);
    }

    void raise(String queue, RuntimeException reason) {
        stopped.put(queue, String.valueOf(reason.getMessage()));
        LOG.error(
                "{} is stopped and stays so until this service restarts; its messages wait in the broker",
                queue,
                reason);
    }

    @Override
    public Health health() {
        return stopped.isEmpty()
                ? Health.up().build()
                : Health.down().withDetails(stopped).build();
    }
}
