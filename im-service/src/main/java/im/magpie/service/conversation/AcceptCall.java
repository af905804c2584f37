package im.magpie.service.conversation;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.redis.ScriptFaultException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One call's offers to one partition, until each has its answer. The script answers most of them at once; a pass loads the heads and looks
 * up the names that it asked for, and the next pass offers the rest again, still in their order.
 */
final class AcceptCall {

    private static final int PASSES = 8;
    private static final long MOST_BYTES = 4 << 20;

    private final Partition partition;
    private final List<Offer> offers;
    private final Steps steps;
    private final @Nullable Acceptance[] answers;
    private final long[] lookedUpAt;
    /** Conversations whose offers were turned away, and what for: later offers must not slip past them. */
    private final Map<ConversationKey, AcceptOutcome> refused = new HashMap<>();

    /** What the call works with. */
    record Steps(Epochs epochs, AcceptScript script, HeadLoader heads, NameLookup lookup) {}

    AcceptCall(Partition partition, List<Offer> offers, Steps steps) {
        this.partition = partition;
        this.offers = offers;
        this.steps = steps;
        this.answers = new Acceptance[offers.size()];
        this.lookedUpAt = new long[offers.size()];
    }

    List<Acceptance> run() {
        try {
            var epoch = steps.epochs().current(partition);
            for (var pass = 0; pass < PASSES && !unanswered().isEmpty(); pass++) {
                epoch = pass(epoch);
            }
            unanswered().forEach(i -> answers[i] = busy());
        } catch (ScriptFaultException e) {
            throw e;
        } catch (MagpieException e) {
            unanswered().forEach(i -> answers[i] = e.code() == ErrorCode.BUSY ? busy() : new Acceptance.Unknown(e));
        }
        return Arrays.stream(answers).map(Objects::requireNonNull).toList();
    }

    private List<Integer> unanswered() {
        var indexes = new ArrayList<Integer>();
        for (var i = 0; i < answers.length; i++) {
            if (answers[i] == null) {
                indexes.add(i);
            }
        }
        return indexes;
    }

    /** Returns the epoch of the next pass. What was looked up in an epoch says nothing about the next. */
    private long pass(long epoch) {
        try {
            new Pass(epoch).run();
            return epoch;
        } catch (StaleEpochException _) {
            Arrays.fill(lookedUpAt, 0);
            return steps.epochs().after(partition, epoch);
        }
    }

    private static Acceptance busy() {
        var millis = ThreadLocalRandom.current().nextInt(500, 1_500);
        return new Acceptance.Refused(ErrorCode.BUSY, Duration.ofMillis(millis));
    }

    /** One way through all unanswered offers. */
    private final class Pass {

        private final long epoch;
        private final Map<ConversationKey, AcceptOutcome> held = new HashMap<>(refused);
        private final Map<ConversationKey, ReplyTime> missed = new LinkedHashMap<>();
        private final Map<Integer, ReplyTime> unsure = new LinkedHashMap<>();

        Pass(long epoch) {
            this.epoch = epoch;
        }

        void run() {
            for (var chunk :
                    Chunks.of(unanswered(), i -> offers.get(i).content().size(), MOST_BYTES)) {
                offer(chunk);
            }
            orRefuse(missed.keySet(), this::load);
            orRefuse(conversationsOf(unsure.keySet()), this::lookUp);
        }

        private void offer(List<Integer> chunk) {
            var entries = chunk.stream()
                    .map(i -> new AcceptScript.Entry(
                            offers.get(i), held.get(offers.get(i).conversation()), lookedUpAt[i]))
                    .toList();
            var reply = steps.script().run(partition, epoch, entries);
            for (var i = 0; i < chunk.size(); i++) {
                take(chunk.get(i), reply.answers().get(i), reply.time());
            }
        }

        private void take(int i, AcceptScript.Answer answer, ReplyTime time) {
            var conversation = offers.get(i).conversation();
            switch (answer.outcome()) {
                case ACCEPTED ->
                    answers[i] =
                            new Acceptance.Accepted(epoch, answer.sequence(), answer.ordinal(), answer.serverTime());
                case DUPLICATE -> answers[i] = duplicate(answer, false);
                case SETTLED -> answers[i] = duplicate(answer, true);
                case CLOCK_AHEAD -> answers[i] = new Acceptance.Refused(ErrorCode.CLOCK_AHEAD, Duration.ZERO);
                case BUSY -> turnAway(i, answer.outcome(), busy());
                case SHAPE_CHANGED -> turnAway(i, answer.outcome(), new Acceptance.CheckAgain());
                case EVENT_OPEN -> turnAway(i, answer.outcome(), new Acceptance.BehindEvent());
                case NEED_LOAD -> {
                    missed.putIfAbsent(conversation, time);
                    held.putIfAbsent(conversation, AcceptOutcome.HELD);
                }
                case NEED_LOOKUP -> {
                    unsure.put(i, time);
                    held.putIfAbsent(conversation, AcceptOutcome.HELD);
                }
                case NOT_KNOWN -> answers[i] = new Acceptance.CheckAgain();
                case HELD -> held.putIfAbsent(conversation, AcceptOutcome.HELD);
            }
        }

        private void turnAway(int i, AcceptOutcome outcome, Acceptance answer) {
            var conversation = offers.get(i).conversation();
            answers[i] = answer;
            refused.put(conversation, outcome);
            held.put(conversation, outcome);
        }

        private Acceptance duplicate(AcceptScript.Answer answer, boolean settled) {
            return new Acceptance.Duplicate(epoch, answer.sequence(), answer.ordinal(), answer.serverTime(), settled);
        }

        /** What the store can't be asked for now is turned away, for it was not accepted; its senders try again. */
        private void orRefuse(Set<ConversationKey> conversations, Runnable step) {
            if (conversations.isEmpty()) {
                return;
            }
            try {
                step.run();
            } catch (StaleEpochException | ScriptFaultException e) {
                throw e;
            } catch (MagpieException _) {
                unanswered().stream()
                        .filter(i -> conversations.contains(offers.get(i).conversation()))
                        .forEach(i -> answers[i] = busy());
            }
        }

        private Set<ConversationKey> conversationsOf(Collection<Integer> indexes) {
            return indexes.stream().map(i -> offers.get(i).conversation()).collect(Collectors.toSet());
        }

        private void load() {
            var first = missed.values().iterator().next();
            steps.heads().load(partition, epoch, first, missed.keySet());
        }

        private void lookUp() {
            var indexes = List.copyOf(unsure.keySet());
            var found = steps.lookup()
                    .find(
                            partition,
                            epoch,
                            indexes.stream().map(i -> offers.get(i).key()).toList());
            for (var n = 0; n < found.size(); n++) {
                var i = indexes.get(n);
                answers[i] = found.get(n);
                lookedUpAt[i] = Objects.requireNonNull(unsure.get(i)).now();
            }
        }
    }
}
