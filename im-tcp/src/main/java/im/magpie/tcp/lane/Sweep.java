package im.magpie.tcp.lane;

import im.magpie.common.rpc.SubmitOutcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which messages make the services throw, by offering ever fewer of them together. A pair's messages keep their
 * order, and none is offered behind one that failed. When nothing at all comes back, it is the services that fail.
 */
final class Sweep {

    /** So many failures on top of those on the way down to a single message, with nothing answered, are enough. */
    private static final int PATIENCE = 4;

    private final Function<List<PendingSend>, @Nullable List<SubmitOutcome>> call;
    private final Map<PendingSend, SubmitOutcome> outcomes = new HashMap<>();
    private final List<PendingSend> failed = new ArrayList<>();
    private int failuresLeft;

    /** @param call offers messages, and returns their outcomes, or null when it failed */
    Sweep(Function<List<PendingSend>, @Nullable List<SubmitOutcome>> call) {
        this.call = call;
    }

    /** Goes over messages that could not be offered all together. */
    void over(List<PendingSend> sends) {
        Map<Pair, List<PendingSend>> byPair = new LinkedHashMap<>();
        sends.forEach(send ->
                byPair.computeIfAbsent(send.pair(), _ -> new ArrayList<>()).add(send));
        var pairs = new ArrayList<>(byPair.values());
        // Else several bad ones at the beginning would be taken for services that fail, again and again.
        Collections.shuffle(pairs);
        failuresLeft = PATIENCE + 2 * (Integer.SIZE - Integer.numberOfLeadingZeros(sends.size()));
        divide(pairs);
    }

    private void divide(List<List<PendingSend>> pairs) {
        if (pairs.size() == 1) {
            oneByOne(pairs.getFirst());
        } else {
            var half = pairs.size() / 2;
            offer(pairs.subList(0, half));
            offer(pairs.subList(half, pairs.size()));
        }
    }

    private void offer(List<List<PendingSend>> pairs) {
        var sends = pairs.stream().flatMap(Collection::stream).toList();
        if (!hopeless() && !answered(sends)) {
            if (sends.size() == 1) {
                failed.add(sends.getFirst());
            } else {
                divide(pairs);
            }
        }
    }

    private void oneByOne(List<PendingSend> pair) {
        for (var send : pair) {
            if (hopeless()) {
                return;
            }
            if (!answered(List.of(send))) {
                failed.add(send);
                return;
            }
            var outcome = outcome(send);
            if (outcome == null || outcome.getState() != SubmitOutcome.State.SETTLED) {
                return;
            }
        }
    }

    private boolean hopeless() {
        return outcomes.isEmpty() && failuresLeft <= 0;
    }

    private boolean answered(List<PendingSend> sends) {
        var heard = call.apply(sends);
        if (heard == null) {
            failuresLeft--;
            return false;
        }
        for (var i = 0; i < sends.size(); i++) {
            outcomes.put(sends.get(i), heard.get(i));
        }
        return true;
    }

    /** Returns what became of a message, or null when that is not known. */
    @Nullable
    SubmitOutcome outcome(PendingSend send) {
        return outcomes.get(send);
    }

    /** Returns the messages that failed alone although the services answered others. */
    List<PendingSend> failed() {
        return outcomes.isEmpty() ? List.of() : failed;
    }
}
