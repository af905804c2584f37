package im.magpie.store.retention;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** What is measured of retention. Safe for use by many threads. */
@Component
final class RetentionMeters {

    private final Counter messages;
    private final Counter reactions;
    private final Counter roomMessages;
    private volatile long lagMillis;

    RetentionMeters(MeterRegistry registry) {
        this.messages = rows(registry, "message");
        this.reactions = rows(registry, "reaction");
        this.roomMessages = rows(registry, "room_message");
        TimeGauge.builder("magpie.store.retention.lag", this, TimeUnit.MILLISECONDS, it -> it.lagMillis)
                .description("For how long the oldest message that has outlived its retention has been waiting to be"
                        + " deleted, as the store sees it whose turn it is; 0 at all others")
                .register(registry);
    }

    private static Counter rows(MeterRegistry registry, String table) {
        return Counter.builder("magpie.store.retention")
                .description("Rows deleted because they had outlived their retention")
                .baseUnit("rows")
                .tag("table", table)
                .register(registry);
    }

    void deletedMessages(int rows) {
        messages.increment(rows);
    }

    void deletedReactions(int rows) {
        reactions.increment(rows);
    }

    void deletedRoomMessages(int rows) {
        roomMessages.increment(rows);
    }

    void lag(long millis) {
        lagMillis = millis;
    }
}
