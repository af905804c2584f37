package im.magpie.store.retention;

import im.magpie.common.database.Turn;
import im.magpie.common.retention.RetentionSettings;
import im.magpie.store.StoreProperties;
import im.magpie.store.retry.Term;
import java.time.Clock;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Goes through the apps and deletes what has outlived their retentions, with a pause behind every batch so that messages keep their way. */
@Component
class RetentionRound {

    private static final int CONVERSATIONS_PER_QUERY = 100;

    private final RetentionMapper mapper;
    private final Turn turn;
    private final Outlived outlived;
    private final OutlivedInRooms rooms;
    private final RetentionMeters meters;
    private final RetentionSettings settings;
    private final Clock clock;
    private final Duration pause;

    RetentionRound(
            RetentionMapper mapper,
            Turn turn,
            Outlived outlived,
            OutlivedInRooms rooms,
            RetentionMeters meters,
            RetentionSettings settings,
            Clock clock,
            StoreProperties properties) {
        this.mapper = mapper;
        this.turn = turn;
        this.outlived = outlived;
        this.rooms = rooms;
        this.meters = meters;
        this.settings = settings;
        this.clock = clock;
        this.pause = properties.retention().pause();
    }

    /** Deletes all there is to delete, unless it is another store's turn or the term ends before. */
    void run(Term term) {
        if (!turn.take()) {
            meters.lag(0);
            return;
        }
        if (!rooms.delete(term)) {
            return;
        }
        var lag = 0L;
        for (var app : mapper.apps()) {
            var before = settings.of(app).keptSince(clock);
            if (before > 0) {
                lag = Math.max(lag, lag(app, before));
                meters.lag(lag);
                if (!empty(app, before, term)) {
                    return;
                }
            }
        }
        meters.lag(0);
    }

    private long lag(String app, long before) {
        var keptSince = mapper.keptSince(app);
        return keptSince == null ? 0 : Math.max(0, before - keptSince);
    }

    /**
     * The conversations with the oldest messages come first, and each is done with a batch of them at a time, so none waits for one that has very many.
     *
     * @return whether to go on
     */
    private boolean empty(String app, long before, Term term) {
        for (var due = mapper.due(app, before, CONVERSATIONS_PER_QUERY);
                !due.isEmpty();
                due = mapper.due(app, before, CONVERSATIONS_PER_QUERY)) {
            for (var conversation : due) {
                if (!outlived.delete(conversation, before) || term.endsWithin(pause)) {
                    return false;
                }
            }
            meters.lag(lag(app, before));
        }
        return true;
    }
}
