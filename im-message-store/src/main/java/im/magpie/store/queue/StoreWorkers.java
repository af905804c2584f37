package im.magpie.store.queue;

import im.magpie.common.partition.PartitionsProperties;
import im.magpie.store.StoreProperties;
import im.magpie.store.report.Readmissions;
import im.magpie.store.retry.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Runs a worker for each store queue, on a thread of its own: from when the service is ready until it begins to close, that is before
 * its references to other services are taken down, so that a batch under way can still be reported.
 */
@Component
@EnableConfigurationProperties(PartitionsProperties.class)
class StoreWorkers {

    private static final Logger LOG = LoggerFactory.getLogger(StoreWorkers.class);

    private final PartitionsProperties partitions;
    private final StoreQueues queues;
    private final BatchProcessor processor;
    private final Readmissions readmissions;
    private final QueueAlarms alarms;
    private final Retry retry;
    private final StoreProperties properties;
    private final List<StoreWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    StoreWorkers(
            PartitionsProperties partitions,
            StoreQueues queues,
            BatchProcessor processor,
            Readmissions readmissions,
            QueueAlarms alarms,
            Retry retry,
            StoreProperties properties) {
        this.partitions = partitions;
        this.queues = queues;
        this.processor = processor;
        this.readmissions = readmissions;
        this.alarms = alarms;
        this.retry = retry;
        this.properties = properties;
    }

    @EventListener(ApplicationReadyEvent.class)
    synchronized void start() {
        if (isRunning()) {
            return;
        }
        for (int number = 0; number < partitions.storeQueues(); number++) {
            var worker = new StoreWorker(number, queues, processor, readmissions, alarms, retry, properties.batch());
            workers.add(worker);
            threads.add(
                    Thread.ofPlatform().daemon().name("store-queue-" + number).start(worker));
        }
    }

    /** Waits for the batches under way, but no longer than the stop timeout. */
    @EventListener(ContextClosedEvent.class)
    @Order(Ordered.HIGHEST_PRECEDENCE)
    synchronized void stop() {
        workers.forEach(StoreWorker::stop);
        long deadline = System.nanoTime() + properties.stopTimeout().toNanos();
        try {
            for (var thread : threads) {
                if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                    LOG.warn("{} has not stopped in {}: interrupting it", thread.getName(), properties.stopTimeout());
                    thread.interrupt();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        workers.clear();
        threads.clear();
    }

    synchronized boolean isRunning() {
        return !threads.isEmpty();
    }
}
