package im.magpie.bench.load;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.Crowd;
import im.magpie.bench.client.Peer;
import im.magpie.bench.load.Meter.Counts;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/** People who are online, and what they do all together. One thread uses it. */
public final class Load {

    private static final int SYNC_SECONDS = 60;

    private final Crowd crowd;
    private final List<Meter> meters;
    private final List<Attendee> people;

    /** Somebody and his connection. */
    public record Attendee(Chatter chatter, Peer peer) {

        private void act(Runnable action) {
            peer.context().executor().execute(action);
        }

        private <T> T ask(Callable<T> question) {
            try {
                return peer.context().executor().submit(question).get();
            } catch (ExecutionException e) {
                throw new MeasurementException("A chatter does not answer: " + e.getCause());
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new MeasurementException("interrupted");
            }
        }
    }

    /**
     * A load of people who are online.
     *
     * @param meters of the event loops
     */
    public Load(Crowd crowd, List<Meter> meters, List<Attendee> people) {
        this.crowd = crowd;
        this.meters = List.copyOf(meters);
        this.people = List.copyOf(people);
    }

    /** Everybody who writes keeps so many messages under way from now on; 0 ends that. */
    public void keep(int underWay) {
        keep(people, underWay, Integer.MAX_VALUE);
    }

    /** The first of those who write write so many messages each, of which so many are under way. */
    public void write(int writers, int messages, int underWay) {
        var some = people.stream()
                .filter(one -> one.chatter().writes())
                .limit(writers)
                .toList();
        keep(some, underWay, messages);
    }

    private static void keep(List<Attendee> people, int underWay, int messages) {
        people.forEach(one -> one.act(() -> one.chatter().keep(one.peer(), underWay, messages)));
    }

    /** Begins to write so many messages a second, all writers in turns, and to count how late each is, from when it was due. */
    public OpenLoop open(double perSecond) {
        return new OpenLoop(
                crowd.loops(),
                people.stream().filter(one -> one.chatter().writes()).toList(),
                perSecond);
    }

    /** Returns when everybody knows what is in his conversation by now. */
    public void sync() {
        people.stream()
                .map(one -> one.ask(() -> one.chatter().sync(one.peer())))
                .toList()
                .forEach(synced ->
                        synced.orTimeout(SYNC_SECONDS, TimeUnit.SECONDS).join());
    }

    /**
     * Returns what everybody has done by now.
     *
     * @throws MeasurementException if something has failed
     */
    public Counts counts() {
        return meters.stream().map(Meter::counts).reduce(Counts.NONE, Counts::plus);
    }

    /** Adds latencies since the last call to histograms, in microseconds. */
    public void drain(Histogram accepts, Histogram deliveries) {
        meters.forEach(meter -> meter.drain(accepts, deliveries));
    }

    /** Returns whether nobody has anything under way. */
    public boolean quiet() {
        return people.stream().allMatch(one -> one.ask(() -> one.chatter().quiet()));
    }

    /** Has everybody ask for what he may not have been shown. */
    public void pullAll() {
        people.forEach(one -> one.act(() -> one.chatter().behind(one.peer())));
    }

    /** Returns how many messages have ever been written. */
    public long written() {
        return sum(one -> one.ask(() -> one.chatter().written()));
    }

    /** Returns how many messages all people have, in order, those that they have written among them. */
    public long messages() {
        return sum(one -> one.ask(() -> one.chatter().messages()));
    }

    /** Returns how many writers have not been told yet that everything of theirs was delivered. */
    public long unreceipted() {
        return sum(one -> one.ask(() -> one.chatter().writes() && !one.chatter().receipted() ? 1L : 0L));
    }

    private long sum(ToLongFunction<Attendee> question) {
        return people.stream().mapToLong(question).sum();
    }
}
