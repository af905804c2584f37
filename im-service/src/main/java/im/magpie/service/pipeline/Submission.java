package im.magpie.service.pipeline;

import im.magpie.service.batch.Isolation;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.Offer;
import im.magpie.service.membership.Standings;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of checked messages: accept, store, settle. Answers when every one is settled or refused, or has waited long enough; a fault of ours in one
 * message or conversation is that one's answer and nobody else's. May be repeated with the same offers at any time. Blocks; meant for virtual threads; safe for use by many.
 */
public final class Submission {

    private static final Logger log = LoggerFactory.getLogger(Submission.class);

    private final ConversationLog conversations;
    private final Settlement settlement;
    private final Standings standings;
    private final SubmitProperties properties;
    private final MessageTraces traces;
    private final Semaphore permits;

    Submission(
            ConversationLog conversations,
            Settlement settlement,
            Standings standings,
            SubmitProperties properties,
            MessageTraces traces) {
        this.conversations = conversations;
        this.standings = standings;
        this.settlement = settlement;
        this.properties = properties;
        this.traces = traces;
        this.permits = new Semaphore(properties.maxConcurrent());
    }

    /** Answers in the order of the offers. */
    public List<Outcome> submit(List<Offer> offers) {
        var deadline = Deadline.in(properties.deadline());
        if (!admitted(deadline)) {
            // Not BUSY: one of them may have been accepted by an earlier call, and its sender must not hear of a
            // failure any more.
            return Collections.nCopies(offers.size(), new Outcome.Pending());
        }
        var followed = traces.follow(offers);
        try {
            return new Voyage(followed.offers(), deadline).outcomes();
        } finally {
            followed.end();
            permits.release();
        }
    }

    /** One call's offers, whatever faults of ours are in some of them. */
    private final class Voyage {

        private final List<Offer> offers;
        private final Deadline deadline;
        private final @Nullable Outcome[] outcomes;
        private final Set<Sender> faulty = new HashSet<>();

        Voyage(List<Offer> offers, Deadline deadline) {
            this.offers = offers;
            this.deadline = deadline;
            this.outcomes = new Outcome[offers.size()];
        }

        List<Outcome> outcomes() {
            Isolation.run(IntStream.range(0, outcomes.length).boxed().toList(), this::take, (i, e) -> {
                log.error("A message to {} can't be taken on", offers.get(i).conversation(), e);
                faulty.add(Sender.of(offers.get(i)));
                outcomes[i] = new Outcome.Unknown();
            });
            return Arrays.stream(outcomes)
                    .map(outcome -> outcome == null ? new Outcome.Unknown() : outcome)
                    .toList();
        }

        /** Nothing overtakes a faulty message of its own sender. */
        private void take(List<Integer> some) {
            var open = some.stream()
                    .filter(i -> !faulty.contains(Sender.of(offers.get(i))))
                    .toList();
            if (open.isEmpty()) {
                return;
            }
            var reached = new Passage(
                            conversations,
                            settlement,
                            traces,
                            open.stream().map(offers::get).toList(),
                            deadline)
                    .outcomes();
            for (var i = 0; i < open.size(); i++) {
                outcomes[open.get(i)] = reached.get(i);
                if (reached.get(i) instanceof Outcome.CheckAgain) {
                    standings.outdated(offers.get(open.get(i)).conversation());
                }
            }
        }
    }

    private boolean admitted(Deadline deadline) {
        try {
            return permits.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
