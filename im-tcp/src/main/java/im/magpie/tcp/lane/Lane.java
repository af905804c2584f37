package im.magpie.tcp.lane;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Shape;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.tcp.work.Backoff;
import im.magpie.tcp.work.Loop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries sends to the services, one batch after the other, on a virtual thread of its own. What a round leaves
 * undecided goes in front of the next batch.
 */
final class Lane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final LaneSettings settings;
    private final LaneQueue queue;
    private final CheckCall checks;
    private final SubmitCall submits;
    private final Backoff backoff;
    private final Loop loop;

    // Both of the lane's thread. Between two rounds the batch holds what is undecided, in the order of arrival.
    private final List<PendingSend> batch = new ArrayList<>();
    private int fruitlessRounds;

    /** Makes a lane that begins to work at once. */
    Lane(int number, LaneSettings settings, Messages messages, Ticker ticker) {
        this.settings = settings;
        this.queue = new LaneQueue(settings, ticker);
        this.checks = new CheckCall(messages, settings, ticker);
        this.submits = new SubmitCall(number, messages, settings);
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
        this.loop = Loop.start("lane-" + number, this::step);
    }

    /** Takes a send; false means BUSY. Never blocks. */
    boolean offer(PendingSend send) {
        return queue.offer(send);
    }

    int waiting() {
        return queue.size();
    }

    private void step() throws InterruptedException {
        fillBatch();
        guardedRound();
        var size = batch.size();
        batch.removeIf(PendingSend::answered);
        fruitlessRounds = batch.size() < size ? 0 : fruitlessRounds + 1;
    }

    private void fillBatch() throws InterruptedException {
        if (batch.isEmpty()) {
            queue.await();
        } else if (fruitlessRounds > 0) {
            backoff.await(fruitlessRounds - 1);
        }
        queue.drainTo(batch);
    }

    private void guardedRound() throws InterruptedException {
        try {
            round();
        } catch (RuntimeException e) {
            LOG.error("A round of {} sends broke off and is repeated", batch.size(), e);
            batch.forEach(PendingSend::doubt);
        }
    }

    private void round() throws InterruptedException {
        var verdicts = new Verdicts(queue, settings);
        check(verdicts);
        verdicts.tell();
        var checked = batch.stream().filter(PendingSend::checked).toList();
        alignShapes(checked);
        var outcomes = submits.outcomes(checked);
        for (var i = 0; i < checked.size(); i++) {
            judge(checked.get(i), outcomes.get(i), verdicts);
        }
        verdicts.tell();
    }

    private void check(Verdicts verdicts) throws InterruptedException {
        var unchecked = batch.stream().filter(send -> !send.checked()).toList();
        var answers = checks.answers(unchecked);
        for (var i = 0; i < unchecked.size(); i++) {
            judge(unchecked.get(i), answers.get(i), verdicts);
        }
    }

    /**
     * One sender's messages to one conversation go with the shape of the first: else a later could pass where an
     * earlier has to be checked again.
     */
    private static void alignShapes(List<PendingSend> sends) {
        var shapes = new HashMap<Writer, @Nullable Shape>();
        for (var send : sends) {
            if (!send.resend()) {
                var first = shapes.putIfAbsent(send.writer(), send.shape());
                if (first != null) {
                    send.passed(first);
                }
            }
        }
    }

    private static void judge(PendingSend send, CheckAnswer answer, Verdicts verdicts) {
        switch (answer) {
            case CheckAnswer.Passed passed -> send.passed(passed.shape());
            case CheckAnswer.Resend _ -> send.passedAsResend();
            case CheckAnswer.Refused refused -> verdicts.refuse(send, refused.code(), refused.message(), 0);
        }
    }

    private static void judge(PendingSend send, SubmitOutcome outcome, Verdicts verdicts) {
        switch (outcome.getState()) {
            case SETTLED ->
                verdicts.acknowledge(send, outcome.getSequence(), outcome.getOrdinal(), outcome.getServerTime());
            case REFUSED ->
                verdicts.refuse(send, outcome.getError(), outcome.getErrorMessage(), outcome.getRetryAfterMs());
            case PENDING -> send.doubt();
            case CHECK_AGAIN -> verdicts.checkAgain(send);
            case STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("an outcome without a state");
        }
    }

    /** Nobody hears of what is left; its senders offer it again elsewhere. */
    @Override
    public void close() {
        loop.close();
    }
}
