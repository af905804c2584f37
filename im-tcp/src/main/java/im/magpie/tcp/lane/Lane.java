package im.magpie.tcp.lane;

import im.magpie.common.rpc.Messages;
import im.magpie.common.rpc.Shape;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.tcp.work.Loop;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries sends to the services, one batch after the other, on a virtual thread of its own. What a round leaves
 * undecided goes in front of the next batch, and at growing intervals when it stays so.
 */
final class Lane implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final LaneSettings settings;
    private final Ticker ticker;
    private final LaneTraces traces;
    private final LaneQueue queue;
    private final CheckCall checks;
    private final SubmitCall submits;
    private final Undecided undecided;
    private final Loop loop;

    /** Makes a lane that begins to work at once. */
    Lane(int number, LaneSettings settings, Messages messages, Ticker ticker, LaneMeters meters, LaneTraces traces) {
        this.settings = settings;
        this.ticker = ticker;
        this.traces = traces;
        this.queue = new LaneQueue(settings, ticker);
        this.undecided = new Undecided(settings);
        this.checks = new CheckCall(number, messages, settings, ticker, meters);
        this.submits = new SubmitCall(number, messages, settings, meters);
        meters.show(number, this);
        this.loop = Loop.start("lane-" + number, this::step);
    }

    /** Takes a send; false means BUSY. Never blocks. */
    boolean offer(PendingSend send) {
        return queue.offer(send);
    }

    /** Holds the pair of a send that is refused before it gets here. Never blocks. */
    void hold(PendingSend send) {
        queue.holdOutside(send);
    }

    int waiting() {
        return queue.size();
    }

    private void step() throws InterruptedException {
        var turn = nextTurn();
        var begin = ticker.nanoTime();
        guardedRound(turn);
        giveUpTheOldest(turn);
        undecided.endTurn(turn, ticker.nanoTime());
        if (turn.size() > 1 && turn.size() < settings.maxBatch()) {
            gather(begin);
        }
    }

    /** A round costs little more for ten sends than for one, so they wait for each other where they come close together. */
    private void gather(long begin) throws InterruptedException {
        queue.await(settings.maxBatch(), settings.spacing().toNanos() - (ticker.nanoTime() - begin));
    }

    private List<PendingSend> nextTurn() throws InterruptedException {
        while (true) {
            var turn = undecided.turn(ticker.nanoTime());
            queue.drainTo(undecided, turn);
            if (!turn.sends().isEmpty()) {
                return turn.sends();
            }
            if (undecided.full()) {
                Thread.sleep(Duration.ofNanos(turn.untilDue()));
            } else {
                queue.await(1, turn.untilDue());
            }
        }
    }

    private void guardedRound(List<PendingSend> turn) throws InterruptedException {
        try {
            round(turn);
        } catch (RuntimeException e) {
            LOG.error("A round of {} sends broke off and is repeated", turn.size(), e);
            turn.forEach(PendingSend::doubt);
        }
    }

    private void round(List<PendingSend> turn) throws InterruptedException {
        var checked = checked(turn);
        alignShapes(checked);
        var verdicts = verdicts(turn);
        var begin = traces.begin();
        var outcomes = submits.outcomes(checked);
        traces.called("submit", checked, begin);
        for (var i = 0; i < checked.size(); i++) {
            judge(checked.get(i), outcomes.get(i), verdicts);
        }
        verdicts.tell();
    }

    /**
     * Has checked what is not checked yet, and returns what can be offered now: of each pair what stands in front of the
     * first that did not pass.
     */
    private List<PendingSend> checked(List<PendingSend> turn) throws InterruptedException {
        var unchecked = turn.stream().filter(send -> !send.checked()).toList();
        var begin = traces.begin();
        var answers = checks.answers(unchecked).iterator();
        traces.called("check", unchecked, begin);
        var verdicts = verdicts(turn);
        List<PendingSend> passed = new ArrayList<>();
        for (var send : turn) {
            if (!send.checked()) {
                judge(send, answers.next(), verdicts);
            }
            if (send.checked() && !verdicts.putBehind(send)) {
                passed.add(send);
            }
        }
        verdicts.tell();
        return passed;
    }

    private Verdicts verdicts(List<PendingSend> turn) {
        return new Verdicts(refused -> hold(refused, turn), settings, ticker);
    }

    /** Returns the pair's sends that came behind: they have to come again, behind the refused one. */
    private List<PendingSend> hold(PendingSend refused, List<PendingSend> turn) {
        var later = new ArrayList<>(undecided.behind(refused, turn));
        later.addAll(queue.hold(refused));
        return later;
    }

    private void giveUpTheOldest(List<PendingSend> turn) {
        var verdicts = verdicts(List.of());
        var now = ticker.nanoTime();
        var most = settings.submitPatience().toNanos();
        for (var send : turn) {
            if (!send.answered() && send.inDoubt() && send.undecidedFor(now) >= most) {
                verdicts.giveUp(send, "it was undecided for too long");
                verdicts.tell();
            }
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

    private void judge(PendingSend send, CheckAnswer answer, Verdicts verdicts) {
        switch (answer) {
            case CheckAnswer.Passed passed -> {
                if (send.behindRefused() && !send.inDoubt()) {
                    verdicts.comesAgain(send);
                } else {
                    send.passed(passed.shape());
                }
            }
            case CheckAnswer.Resend _ -> send.passedAsResend();
            case CheckAnswer.Refused refused -> {
                if (verdicts.refuse(send, refused.code(), refused.message(), refused.retryAfterMillis())) {
                    undecided.behind(send).forEach(PendingSend::standBehindRefused);
                    queue.of(send.pair()).forEach(PendingSend::standBehindRefused);
                }
            }
        }
    }

    private static void judge(PendingSend send, SubmitOutcome outcome, Verdicts verdicts) {
        switch (outcome.getState()) {
            case SETTLED ->
                verdicts.acknowledge(send, outcome.getSequence(), outcome.getOrdinal(), outcome.getServerTime());
            case REFUSED ->
                verdicts.refuse(send, outcome.getError(), outcome.getErrorMessage(), outcome.getRetryAfterMs());
            case PENDING -> verdicts.doubt(send);
            case CHECK_AGAIN -> verdicts.checkAgain(send);
            case UNKNOWN -> verdicts.giveUp(send, "the services can't take it on");
            case STATE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalStateException("an outcome without a state");
        }
    }

    /** Nobody hears of what is left; its senders offer it again elsewhere. */
    @Override
    public void close() {
        loop.close();
    }
}
