package im.magpie.service.avatar;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What is measured of the pictures of groups. Safe for use by many threads. */
final class AvatarMeters {

    private static final String SHOWN = "shown";

    private final MeterRegistry registry;

    AvatarMeters(MeterRegistry registry) {
        this.registry = registry;
        timer(true);
        counter(SHOWN);
    }

    private Timer timer(boolean complete) {
        return Timer.builder("magpie.service.group.avatar")
                .description("Pictures of groups drawn, with fetching what they show; in incomplete ones something is"
                        + " missing that may be there another time")
                .tag("result", complete ? "complete" : "incomplete")
                .register(registry);
    }

    private Counter counter(String outcome) {
        return Counter.builder("magpie.service.fetched.avatars")
                .description(
                        "Avatars of users fetched for pictures of groups; unusable ones will never be shown, away ones"
                                + " did not come")
                .baseUnit("avatars")
                .tag("outcome", outcome)
                .register(registry);
    }

    void fetched(Portrait portrait) {
        var outcome = switch (portrait) {
            case Portrait.Shown _ -> SHOWN;
            case Portrait.Missing missing -> missing.name().toLowerCase(Locale.ROOT);
        };
        counter(outcome).increment();
    }

    /** @param begin by {@link System#nanoTime} */
    void drawn(Picture picture, long begin) {
        timer(picture.complete()).record(System.nanoTime() - begin, TimeUnit.NANOSECONDS);
    }
}
