package im.magpie.bench.load;

import im.magpie.bench.load.Load.Attendee;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Writes messages when they are due, whether or not earlier ones were answered, until it is closed. */
public final class OpenLoop implements AutoCloseable {

    private volatile boolean over;

    OpenLoop(List<EventLoop> loops, List<Attendee> writers, double perSecond) {
        var begin = System.nanoTime();
        for (var loop : loops) {
            var own = writers.stream()
                    .filter(one -> one.peer().context().executor().equals(loop))
                    .toList();
            if (!own.isEmpty()) {
                var share = perSecond * own.size() / writers.size();
                var turns = new Turns(loop, own, new Schedule(begin, share));
                loop.execute(turns::tick);
            }
        }
    }

    /** The writers of one event loop. */
    private final class Turns {

        private final EventLoop loop;
        private final List<Attendee> writers;
        private final Schedule schedule;
        private long next;

        private Turns(EventLoop loop, List<Attendee> writers, Schedule schedule) {
            this.loop = loop;
            this.writers = new ArrayList<>(writers);
            this.schedule = schedule;
        }

        private void tick() {
            var now = System.nanoTime();
            while (!over && schedule.due(next) - now <= 0) {
                var one = writers.get((int) (next % writers.size()));
                one.chatter().offer(one.peer(), schedule.due(next++));
            }
            if (!over) {
                loop.schedule(this::tick, schedule.due(next) - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
    }

    @Override
    public void close() {
        over = true;
    }
}
