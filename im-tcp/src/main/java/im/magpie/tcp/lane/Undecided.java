package im.magpie.tcp.lane;

import im.magpie.tcp.work.Backoff;
import java.util.ArrayList;
import java.util.List;

/**
 * The sends that a lane has begun with and not answered, in the order of their arrival. Each is offered again at growing
 * intervals of its own, so that one that stays undecided does not hold the others up. For the lane's thread.
 */
final class Undecided {

    private final LaneSettings settings;
    private final Backoff backoff;
    private final List<PendingSend> sends = new ArrayList<>();

    Undecided(LaneSettings settings) {
        this.settings = settings;
        this.backoff = new Backoff(settings.firstPause(), settings.longestPause());
    }

    /** Begins with a send. */
    void add(PendingSend send) {
        sends.add(send);
    }

    /** Returns whether nothing more can be begun with before something is answered. */
    boolean full() {
        return sends.size() >= settings.capacity() + settings.maxBatch();
    }

    /** Returns what is due now, as much of it as one turn takes. */
    Turn turn(long now) {
        var turn = new Turn(settings, now);
        for (var send : sends) {
            if (!turn.fits(send)) {
                break;
            }
            turn.add(send);
        }
        return turn;
    }

    /** Returns a pair's sends behind this one, but for those that have their turn now. */
    List<PendingSend> behind(PendingSend first, List<PendingSend> turn) {
        return behind(first).stream().filter(send -> !turn.contains(send)).toList();
    }

    /** Returns all of a pair's sends behind this one. */
    List<PendingSend> behind(PendingSend first) {
        return sends.subList(sends.indexOf(first) + 1, sends.size()).stream()
                .filter(send -> send.pair().equals(first.pair()))
                .toList();
    }

    /** Lets go what is answered, and puts off what is left of a turn. */
    void endTurn(List<PendingSend> turn, long now) {
        sends.removeIf(PendingSend::answered);
        for (var send : turn) {
            if (!send.answered()) {
                send.putOff(now, backoff);
            }
        }
    }
}
