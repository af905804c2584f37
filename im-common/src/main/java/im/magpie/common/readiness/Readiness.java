package im.magpie.common.readiness;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.Ordered;

/**
 * Knows whether all is there that a service needs, and logs each change. Asking costs nothing: threads of its own look. Safe for use by
 * many threads.
 *
 * <p>It ends when its context says that it closes: what it calls is taken down then.
 */
public final class Readiness implements ApplicationListener<ContextClosedEvent>, Ordered, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
    private static final Duration BETWEEN_GLANCES = Duration.ofMillis(500);

    private final List<Watch> watches;
    private final List<Thread> threads = new ArrayList<>();
    private Map<String, String> told = Map.of();
    private boolean wasReady;
    private boolean everReady;

    /** Makes one that knows of nothing yet, and so is not ready; {@code nanoTime} is {@link System#nanoTime} or a test's. */
    public Readiness(List<Requirement> requirements, ReadinessSettings settings, LongSupplier nanoTime) {
        this.watches = requirements.stream()
                .map(requirement -> new Watch(requirement, settings, nanoTime))
                .toList();
    }

    /** Begins to look. */
    public synchronized void start() {
        for (var watch : watches) {
            threads.add(Thread.ofVirtual().name("readiness-" + watch.name()).start(watch::run));
        }
        threads.add(Thread.ofVirtual().name("readiness").start(this::tellChanges));
    }

    /** Returns whether nothing is missing. */
    public boolean ready() {
        for (var watch : watches) {
            if (watch.missing() != null) {
                return false;
            }
        }
        return true;
    }

    /** Returns what is missing, by the names of the requirements, with what was seen last. */
    public Map<String, String> missing() {
        var missing = new LinkedHashMap<String, String>();
        for (var watch : watches) {
            var reason = watch.missing();
            if (reason != null) {
                missing.put(watch.name(), reason);
            }
        }
        return missing;
    }

    /** Returns the names of all that is needed. */
    public List<String> requirements() {
        return watches.stream().map(Watch::name).toList();
    }

    /** Returns whether one thing that is needed is there. */
    public boolean there(String requirement) {
        return !missing().containsKey(requirement);
    }

    private void tellChanges() {
        try {
            while (true) {
                Thread.sleep(BETWEEN_GLANCES);
                tell(missing());
            }
        } catch (InterruptedException _) {
            // The service ends.
        }
    }

    /** One line a change: another reason for the same thing to be missing is none. */
    private void tell(Map<String, String> missing) {
        if (missing.isEmpty() && !wasReady) {
            LOG.info("Ready: {} found", String.join(", ", requirements()));
        } else if (!missing.keySet().equals(told.keySet())) {
            LOG.atLevel(everReady ? Level.WARN : Level.INFO).log("Not ready for want of {}", inWords(missing));
        }
        wasReady = missing.isEmpty();
        everReady |= wasReady;
        told = missing;
    }

    private static String inWords(Map<String, String> missing) {
        return missing.entrySet().stream()
                .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
                .collect(joining(", "));
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ContextClosedEvent event) {
        close();
    }

    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        threads.clear();
    }
}
