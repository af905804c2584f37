package im.magpie.service.pipeline;

import static java.util.stream.Collectors.groupingBy;

import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Offer;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.pipeline.Stage.Batch;
import im.magpie.service.redis.ScriptFaultException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call's messages on their way. For one thread. */
final class Passage {

    private static final Logger log = LoggerFactory.getLogger(Passage.class);

    /** What was accepted gets this long, however long that took: left to the sweeper, it would wait for seconds. */
    private static final Duration LEAST_PATIENCE = Duration.ofSeconds(1);

    /** How long messages that are decided wait for those that somebody else settles. Offered again, these are found as far as they are then. */
    private static final Duration COURTESY = Duration.ofMillis(200);

    private final ConversationLog conversations;
    private final Settlement settlement;
    private final MessageTraces traces;
    private final List<Passenger> passengers;
    private final Deadline deadline;
    private @Nullable Deadline courtesy;

    Passage(
            ConversationLog conversations,
            Settlement settlement,
            MessageTraces traces,
            List<Offer> offers,
            Deadline deadline) {
        this.conversations = conversations;
        this.settlement = settlement;
        this.traces = traces;
        this.passengers = offers.stream().map(Passenger::new).toList();
        this.deadline = deadline;
    }

    /** Takes the messages as far as they come before the deadline. What it throws is a fault of ours in one of them or in its conversation. */
    List<Outcome> outcomes() {
        var backoff = new Backoff();
        do {
            offer();
            takeOver();
            settle();
            ask();
        } while (!passengers.stream().allMatch(Passenger::decided) && backoff.pauseUntil(patience()));
        return passengers.stream().map(Passenger::outcome).toList();
    }

    /** Where only messages are left that others have to settle, those that are decided do not wait for them for long. */
    private Deadline patience() {
        var waitsForOthers =
                passengers.stream().allMatch(passenger -> passenger.decided() || passenger.waitsForOthers());
        if (!waitsForOthers || passengers.stream().noneMatch(Passenger::decided)) {
            return deadline;
        }
        if (courtesy == null) {
            courtesy = deadline.orIn(COURTESY);
        }
        return courtesy;
    }

    private void offer() {
        var offered = passengers.stream().filter(Passenger::asks).toList();
        if (offered.isEmpty()) {
            return;
        }
        var offers = offered.stream().map(Passenger::offer).toList();
        var begin = traces.begin();
        var acceptances = conversations.accept(offers);
        traces.accepted(offers, begin);
        for (int i = 0; i < offered.size(); i++) {
            var passenger = offered.get(i);
            passenger.answered(
                    acceptances.get(i),
                    conversations.partitionOf(passenger.offer().conversation()));
        }
    }

    /**
     * Takes on what was accepted before and is still pending, because whoever accepted it may be gone: what this call has accepted of the same sender
     * must not reach the store ahead of it. A loss of Redis would take the earlier message's place, and leave the later one its own.
     */
    private void takeOver() {
        inStage(Stage.Elsewhere.class, Stage.Elsewhere::batch).forEach((batch, members) -> {
            try {
                takeOver(batch, members);
            } catch (StaleEpochException e) {
                members.forEach(Passenger::offerAgain);
                acceptedIn(batch).forEach(Passenger::offerAgain);
            } catch (ScriptFaultException e) {
                throw e;
            } catch (MagpieException e) {
                log.debug("The messages of partition {} stay pending, behind earlier ones", batch.partition(), e);
                acceptedIn(batch).forEach(passenger -> passenger.decide(new Outcome.Pending()));
            }
        });
    }

    private void takeOver(Batch batch, List<Passenger> members) {
        var positions = members.stream().map(Passenger::elsewhere).distinct().toList();
        var pending = conversations.pending(batch.partition(), batch.epoch(), positions);
        // Of a message that the call has twice, one is taken on.
        acceptedIn(batch)
                .forEach(passenger -> pending.remove(passenger.accepted().position()));
        for (var passenger : members) {
            var message = pending.remove(passenger.elsewhere());
            if (message != null) {
                passenger.takeOver(message.message());
            }
        }
    }

    private List<Passenger> acceptedIn(Batch batch) {
        return inStage(Stage.Accepted.class, Stage.Accepted::batch).getOrDefault(batch, List.of());
    }

    /** Each partition on its own, so that one that can't be reached does not hold up the others. */
    private void settle() {
        var batches = inStage(Stage.Accepted.class, Stage.Accepted::batch);
        if (batches.size() < 2) {
            batches.forEach(this::settle);
            return;
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var settling = batches.entrySet().stream()
                    .map(entry -> CompletableFuture.runAsync(() -> settle(entry.getKey(), entry.getValue()), threads))
                    .toArray(CompletableFuture<?>[]::new);
            CompletableFuture.allOf(settling).join();
        }
    }

    private void settle(Batch batch, List<Passenger> members) {
        var messages = members.stream().map(Passenger::accepted).toList();
        var patience = deadline.atLeastIn(LEAST_PATIENCE);
        var progress = settlement.settle(batch.partition(), batch.epoch(), messages, patience);
        for (var passenger : members) {
            if (progress.settled().contains(passenger.accepted().position())) {
                passenger.settled();
            } else if (progress.stale()) {
                passenger.offerAgain();
            } else {
                passenger.decide(new Outcome.Pending());
            }
        }
    }

    private void ask() {
        inStage(Stage.Elsewhere.class, Stage.Elsewhere::batch).forEach((batch, members) -> {
            try {
                var positions = members.stream().map(Passenger::elsewhere).toList();
                var settled = conversations.settled(batch.partition(), batch.epoch(), positions);
                for (int i = 0; i < members.size(); i++) {
                    if (settled.get(i)) {
                        members.get(i).settled();
                    }
                }
            } catch (StaleEpochException e) {
                members.forEach(Passenger::offerAgain);
            } catch (ScriptFaultException e) {
                throw e;
            } catch (MagpieException e) {
                log.debug("Partition {} is asked again", batch.partition(), e);
            }
        });
    }

    private <S extends Stage> Map<Batch, List<Passenger>> inStage(Class<S> type, Function<S, Batch> batch) {
        return passengers.stream()
                .filter(passenger -> type.isInstance(passenger.stage()))
                .collect(groupingBy(passenger -> batch.apply(type.cast(passenger.stage()))));
    }
}
