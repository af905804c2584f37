package im.magpie.store.queue;

import im.magpie.common.broker.DeadLetter;
import im.magpie.common.tracing.Tracing;
import im.magpie.store.message.BatchWriter;
import im.magpie.store.message.StoreItem;
import im.magpie.store.message.WriteOutcome;
import im.magpie.store.report.CommitReports;
import im.magpie.store.retry.Retry;
import im.magpie.store.retry.Term;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The way of a batch: written, its dead letters published, reported. Each step is repeated until it passes, so only what is done with
 * returns from here. Safe for use by many threads.
 */
@Component
final class BatchProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(BatchProcessor.class);

    private final BatchWriter writer;
    private final DeadLetters deadLetters;
    private final CommitReports reports;
    private final Clock clock;
    private final Retry retry;
    private final BatchMeters meters;
    private final Tracing tracing;

    BatchProcessor(
            BatchWriter writer,
            DeadLetters deadLetters,
            CommitReports reports,
            Clock clock,
            Retry retry,
            BatchMeters meters,
            Tracing tracing) {
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.reports = reports;
        this.clock = clock;
        this.retry = retry;
        this.meters = meters;
        this.tracing = tracing;
    }

    /**
     * Returns when all of the batch has been dealt with, but for the stale messages in the outcome.
     *
     * @throws im.magpie.store.retry.TermEndedException when the term ended before that
     * @throws im.magpie.store.message.SequenceConflictException when nothing of this queue may be written any more
     */
    WriteOutcome process(String queue, Batch batch, Term term) {
        var items = batch.items();
        var outcome = write(queue, items, term);
        var letters = letters(queue, batch, outcome);
        if (!letters.isEmpty()) {
            letters.forEach(letter -> LOG.error("dead letter from {}: {}", queue, letter.getReason()));
            retry.untilPassed("publish dead letters", term, () -> deadLetters.publish(letters));
        }
        reports.send(outcome.committed(), term);
        meters.died(letters.size());
        return outcome;
    }

    private WriteOutcome write(String queue, List<StoreItem> items, Term term) {
        var begin = System.nanoTime();
        var traced = tracing.now();
        meters.begin(queue, items);
        try {
            var outcome = retry.untilDone("write to the database", term, () -> writer.write(items));
            meters.written(queue, outcome, begin);
            trace(outcome.committed(), traced);
            return outcome;
        } finally {
            meters.end(queue);
        }
    }

    private void trace(List<StoreItem.Message> committed, long begin) {
        if (tracing.on()) {
            committed.forEach(message ->
                    tracing.step("commit", SpanKind.CONSUMER, message.accepted().getTrace(), begin, committed.size()));
        }
    }

    private List<DeadLetter> letters(String queue, Batch batch, WriteOutcome outcome) {
        var letters = new ArrayList<DeadLetter>();
        for (var unreadable : batch.unreadable()) {
            letters.add(
                    letter(queue, unreadable.reason()).setRaw(unreadable.raw()).build());
        }
        for (var refusal : outcome.refused()) {
            var letter = letter(queue, refusal.reason());
            switch (refusal.item()) {
                case StoreItem.Message message ->
                    letters.add(letter.setMessage(message.accepted()).build());
                case StoreItem.Said said ->
                    letters.add(letter.setSaid(said.said()).build());
                case StoreItem.EpochBarrier barrier ->
                    throw new IllegalStateException("no barrier is refused: " + barrier);
            }
        }
        return letters;
    }

    private DeadLetter.Builder letter(String queue, String reason) {
        return DeadLetter.newBuilder().setSource(queue).setReason(reason).setTime(clock.millis());
    }
}
