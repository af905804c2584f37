package im.magpie.common.readiness;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for one requirement again and again, on a virtual thread of its own: one that hangs holds up no other. */
final class Watch {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

    /** Between looks for what was never there, so that a start is not held up. */
    private static final Duration SHORT_PAUSE = Duration.ofMillis(250);

    /**
     * What is known.
     *
     * @param everFound whether it was there at any time
     * @param reason what the last look missed, or null
     * @param since when the first of the looks began that missed something in a row
     */
    private record Finding(boolean everFound, @Nullable String reason, long since) {}

    private final Requirement requirement;
    private final ReadinessSettings settings;
    private final LongSupplier nanoTime;
    private volatile Finding finding;
    private volatile boolean looking;
    private volatile long lookBegan;

    Watch(Requirement requirement, ReadinessSettings settings, LongSupplier nanoTime) {
        this.requirement = requirement;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.finding = new Finding(false, "nobody has looked yet", nanoTime.getAsLong());
    }

    String name() {
        return requirement.name();
    }

    /** Looks until it is interrupted. */
    void run() {
        try {
            while (true) {
                look();
                Thread.sleep(pause());
            }
        } catch (InterruptedException _) {
            // The service ends.
        }
    }

    private Duration pause() {
        var every = settings.lookEvery();
        return finding.everFound() || every.compareTo(SHORT_PAUSE) < 0 ? every : SHORT_PAUSE;
    }

    private void look() throws InterruptedException {
        lookBegan = nanoTime.getAsLong();
        looking = true;
        var reason = reason();
        var last = finding;
        finding = reason == null
                ? new Finding(true, null, 0)
                : new Finding(last.everFound(), reason, last.reason() == null ? lookBegan : last.since());
        looking = false;
    }

    private @Nullable String reason() throws InterruptedException {
        try {
            return requirement.look().missing();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("{} was not found", requirement.name(), e);
            var message = e.getMessage();
            return message == null || message.isBlank() ? e.getClass().getSimpleName() : firstLine(message);
        }
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("");
    }

    /** Returns what is missing, or null: also while it is missing for so short a time that nobody need know. */
    @Nullable
    String missing() {
        var known = finding;
        var now = nanoTime.getAsLong();
        if (known.reason() != null) {
            return known.everFound()
                            && now - known.since() < settings.patience().toNanos()
                    ? null
                    : known.reason();
        }
        return looking && now - lookBegan >= settings.patience().toNanos() ? "it does not answer" : null;
    }
}
