package im.magpie.tcp.timeline;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Reply.Failure;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PushAck;
import im.magpie.codec.protocol.ReadReply;
import im.magpie.common.rpc.MarkBatch;
import im.magpie.common.rpc.MarkOutcome;
import im.magpie.common.rpc.Timelines;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.timeline.MarkEntry.Delivered;
import im.magpie.tcp.timeline.MarkEntry.Read;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries READs and PUSH_ACKs to the services, in batches: READs in those that form while the last call is under way,
 * PUSH_ACKs at intervals. Safe for use by many threads.
 */
public final class Marking implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Marking.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final MarkSettings settings;
    private final Timelines timelines;
    private final MarkQueue queue;
    private final Backoff backoff = new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2));
    private final Loop loop;
    private int failures;

    /** Begins to work at once. */
    public Marking(MarkSettings settings, Timelines timelines) {
        this.settings = settings;
        this.timelines = timelines;
        this.queue = new MarkQueue(settings);
        this.loop = Loop.start("marking", this::step);
    }

    /** Answers a READ when its watermarks are raised; never blocks. */
    public void read(Connection connection, Request.Read request) {
        var positions = request.body().getPositionsList();
        if (positions.isEmpty()) {
            connection.write(done(request));
        } else if (positions.size() > settings.maxPositions()) {
            connection.write(Failure.of(
                    request, ErrorCode.INVALID_REQUEST, "more than %d positions".formatted(settings.maxPositions())));
        } else if (!positions.stream().allMatch(position -> ConversationNames.valid(position.getConversationId()))) {
            connection.write(Failure.of(request, ErrorCode.INVALID_CONVERSATION, "not a conversation's name"));
        } else if (!queue.offer(new Read(connection, request))) {
            connection.write(Failure.of(request, ErrorCode.BUSY, "too much is under way", retryAfter()));
        }
    }

    /**
     * Takes what a device acknowledges; never blocks. It is a notice: what is wrong about it is ignored, and what finds
     * no place is lost until the device acknowledges more.
     */
    public void delivered(Connection connection, PushAck acknowledged) {
        acknowledged.getPositionsList().stream()
                .limit(settings.maxPositions())
                .filter(position ->
                        position.getSequence() != 0 && ConversationNames.valid(position.getConversationId()))
                .map(position -> new Delivered(
                        connection.requireSession(), position.getConversationId(), position.getSequence()))
                .filter(mark -> !queue.offer(mark))
                .forEach(_ -> LOG.warn("Too many watermarks wait: one is lost"));
    }

    /** Returns how many watermarks wait for a call. */
    public int waiting() {
        return queue.size();
    }

    private void step() throws InterruptedException {
        failures = raise(queue.take()) ? 0 : failures + 1;
        if (failures > 0) {
            backoff.await(failures - 1);
        }
    }

    private boolean raise(List<MarkEntry> entries) {
        var batch = MarkBatch.newBuilder();
        entries.forEach(entry -> batch.addAllMarks(entry.marks()));
        var outcomes = outcomes(batch.build());
        if (outcomes.isEmpty()) {
            entries.forEach(this::failed);
            return false;
        }
        tell(entries, outcomes);
        return true;
    }

    /** Returns nothing when the services did not answer. */
    private List<MarkOutcome> outcomes(MarkBatch batch) {
        try {
            var outcomes = timelines.mark(batch).getOutcomesList();
            if (outcomes.size() != batch.getMarksCount()) {
                throw new IllegalStateException(
                        "%d outcomes for %d marks".formatted(outcomes.size(), batch.getMarksCount()));
            }
            return outcomes;
        } catch (RuntimeException e) {
            LOG.warn("{} watermarks could not be raised: {}", batch.getMarksCount(), e.toString());
            return List.of();
        }
    }

    private static void tell(List<MarkEntry> entries, List<MarkOutcome> outcomes) {
        var next = 0;
        for (var entry : entries) {
            var end = next + entry.size();
            if (entry instanceof Read read) {
                read.connection().write(answer(read.request(), outcomes.subList(next, end)));
            }
            next = end;
        }
    }

    private static Reply answer(Request.Read request, List<MarkOutcome> outcomes) {
        return outcomes.stream()
                .filter(outcome -> outcome.getError() != ErrorCode.OK)
                .findFirst()
                .<Reply>map(outcome -> Failure.of(request, outcome.getError(), outcome.getErrorMessage()))
                .orElseGet(() -> done(request));
    }

    private void failed(MarkEntry entry) {
        switch (entry) {
            case Read read ->
                read.connection()
                        .write(Failure.of(
                                read.request(), ErrorCode.UNAVAILABLE, "the services can't be reached", retryAfter()));
            // Nobody would repeat it.
            case Delivered mark -> queue.putBack(mark);
        }
    }

    private static Reply done(Request.Read request) {
        return new Reply.ReadOk(request.requestId(), ReadReply.getDefaultInstance());
    }

    private static int retryAfter() {
        return Backoff.jitteredMillis(RETRY_AFTER);
    }

    @Override
    public void close() {
        loop.close();
    }
}
