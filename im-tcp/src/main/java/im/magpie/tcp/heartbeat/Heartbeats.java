package im.magpie.tcp.heartbeat;

import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.rpc.ReconcileOutcome.State;
import im.magpie.common.rpc.ReconcileOutcomes;
import im.magpie.common.rpc.SessionBatch;
import im.magpie.common.rpc.Sessions;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.work.Batcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the services, for many connections a call, whether their sessions stand and what is new. Safe for use by many
 * threads.
 */
public final class Heartbeats implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeats.class);

    private final HeartbeatSettings settings;
    private final Sessions sessions;
    private final SessionEnds ends;
    private final ServerClock clock;
    private final Batcher<Heartbeat> batcher;

    /** Begins to work at once. */
    public Heartbeats(HeartbeatSettings settings, Sessions sessions, SessionEnds ends, ServerClock clock) {
        this.settings = settings;
        this.sessions = sessions;
        this.ends = ends;
        this.clock = clock;
        this.batcher = new Batcher<>("heartbeats", settings.batch(), this::reconcile);
    }

    /** Returns the heartbeat of a connection that has logged in. */
    public Heartbeat of(Connection connection) {
        return new Heartbeat(connection, settings.patience(), clock, batcher::offer);
    }

    private void reconcile(List<Heartbeat> beats) throws InterruptedException {
        var next = System.nanoTime() + settings.spacing().toNanos();
        reconcileNow(beats);
        if (beats.size() < settings.maxBatch()) {
            Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
        }
    }

    private void reconcileNow(List<Heartbeat> beats) {
        var unknown = new ArrayList<Heartbeat>();
        ask(beats, sessions::reconcile, (beat, outcome) -> {
            if (outcome.getState() == State.UNKNOWN) {
                unknown.add(beat);
            } else {
                beat.outcome(outcome);
            }
        });
        announce(unknown);
    }

    private void announce(List<Heartbeat> beats) {
        beats.stream().filter(beat -> !beat.alive()).forEach(Heartbeat::noOutcome);
        var alive = beats.stream().filter(Heartbeat::alive).toList();
        if (alive.isEmpty()) {
            return;
        }
        LOG.info("The services don't know {} sessions, which are announced again", alive.size());
        ask(alive, sessions::announce, Heartbeat::outcome);
        // One that closed meanwhile may have been announced after its end was told.
        alive.stream().filter(beat -> !beat.alive()).forEach(beat -> ends.gone(beat.session()));
    }

    @FunctionalInterface
    private interface Listener {
        void hear(Heartbeat beat, ReconcileOutcome outcome);
    }

    private static void ask(List<Heartbeat> beats, Function<SessionBatch, ReconcileOutcomes> call, Listener listener) {
        var batch = SessionBatch.newBuilder();
        beats.forEach(beat -> batch.addSessions(beat.session()));
        try {
            var outcomes = call.apply(batch.build()).getOutcomesList();
            if (outcomes.size() != beats.size()) {
                throw new IllegalStateException("%d outcomes for %d sessions".formatted(outcomes.size(), beats.size()));
            }
            for (var i = 0; i < beats.size(); i++) {
                listener.hear(beats.get(i), outcomes.get(i));
            }
        } catch (RuntimeException e) {
            LOG.warn("{} sessions could not be reconciled: {}", beats.size(), e.toString());
            beats.forEach(Heartbeat::noOutcome);
        }
    }

    @Override
    public void close() {
        batcher.close();
    }
}
