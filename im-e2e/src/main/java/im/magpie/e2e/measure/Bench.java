package im.magpie.e2e.measure;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.business.Office;
import im.magpie.client.GatewayAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Where things are measured, and said. One thread uses it. */
final class Bench {

    private static final Duration IDLE = Duration.ofSeconds(10);

    private final Office office;
    private final List<GatewayAddress> gateways;
    private final Gauges gauges;
    private final Consumer<String> out;
    private final Costs costs = new Costs();

    Bench(Site site, Consumer<String> out) {
        this.office = site.office();
        this.gateways = site.gateways();
        this.gauges = site.gauges();
        this.out = out;
    }

    Office office() {
        return office;
    }

    /** Returns nobody, to be joined. */
    Gathering gathering() {
        return new Gathering(office, gateways);
    }

    Costs costs() {
        return costs;
    }

    /** Returns what is spent while nothing is asked for. */
    Reading idle() {
        var before = gauges.now();
        Patience.pass(IDLE);
        return gauges.read().since(before);
    }

    /** Has something said, and takes down what that has cost. */
    void measure(String load, Speech speech, double perSecond, Collection<Member> listeners, Reading idle) {
        var before = gauges.now();
        var took = speech.give(perSecond, listeners);
        var words = costs.add(load, speech.total(), gauges.read().since(before).without(idle));
        say("%s: %,d messages were acknowledged and shown to %,d members, each once and in order, within %.1f s"
                .formatted(load, speech.total(), listeners.size(), took.toMillis() / 1e3));
        say("    " + words);
    }

    /** Does something that takes its time, and says how long. */
    <T> T timed(String what, Supplier<T> action) {
        var begin = System.nanoTime();
        var result = action.get();
        say("%s: %.1f s".formatted(what, (System.nanoTime() - begin) / 1e9));
        return result;
    }

    void say(String text) {
        out.accept(text);
    }

    /** Fails where somebody's connection did not last. */
    void requireNobodyLost(Gathering gathering) {
        if (gathering.lost() > 0) {
            throw new MeasurementException(
                    "Not as it should be: connections were lost %d times".formatted(gathering.lost()));
        }
    }

    /** Prints what was taken down by now, and what every process holds. */
    void print() {
        costs.print(out);
        Costs.print(gauges.memory(), out);
    }
}
