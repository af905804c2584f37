package im.magpie.bench.report;

import im.magpie.bench.report.Chart.Line;
import im.magpie.bench.report.Chart.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What is drawn of a load's runs. */
final class Charts {

    private static final double MILLI = 1e3;
    private static final double BINS_A_DECADE = 20;

    /** Of so many values one exceeds the latency: 2 is the median, 1,000 is p99.9. */
    private static final double[] ONE_OF = {1.1, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000};

    /** Returns what there is to draw, as SVG elements. */
    static List<Chart> of(List<Run> runs) {
        var charts = new ArrayList<Chart>();
        for (var name : runs.getFirst().latencies().keySet()) {
            var some = runs.stream()
                    .filter(run -> run.latency(name).getTotalCount() > 0)
                    .toList();
            if (!some.isEmpty()) {
                charts.add(histogram(name, some));
                charts.add(percentiles(name, some));
            }
        }
        if (runs.stream().anyMatch(run -> run.series().size() > 1)) {
            charts.add(series("Throughput", "a second", runs, List.of(new Curve("", Sample::perSecond))));
            charts.add(series(
                    "Latency", "ms", runs, List.of(new Curve(" p50", Sample::p50), new Curve(" p99", Sample::p99))));
            charts.add(series(
                    "Processor time",
                    "cores",
                    runs,
                    List.of(
                            new Curve(" servers", Sample::serverCores),
                            new Curve(" generator", Sample::generatorCores))));
        }
        return charts;
    }

    private static Chart histogram(String name, List<Run> runs) {
        var lines = runs.stream()
                .map(run -> new Line("run " + run.number(), bins(run.latency(name))))
                .toList();
        var points = lines.stream().flatMap(line -> line.points().stream()).toList();
        return new Chart(
                "Histogram: " + name,
                Axis.logarithmic(
                        "ms", points.stream().mapToDouble(Point::x).min().orElse(0), most(points, Point::x)),
                Axis.linear("% of all", most(points, Point::y)),
                lines);
    }

    /** Returns how many of a hundred lie in each bin; bins are of equal width on a logarithmic axis. */
    static List<Point> bins(Histogram histogram) {
        var bins = new ArrayList<Point>();
        var base = Math.pow(10, 1 / BINS_A_DECADE);
        for (var bin : histogram.logarithmicBucketValues(1, base)) {
            if (!bins.isEmpty() || bin.getCountAddedInThisIterationStep() > 0) {
                bins.add(new Point(
                        bin.getValueIteratedTo() / MILLI,
                        100.0 * bin.getCountAddedInThisIterationStep() / histogram.getTotalCount()));
            }
        }
        return bins;
    }

    private static Chart percentiles(String name, List<Run> runs) {
        var lines = runs.stream()
                .map(run -> new Line("run " + run.number(), percentiles(run.latency(name))))
                .toList();
        var points = lines.stream().flatMap(line -> line.points().stream()).toList();
        return new Chart(
                "One of how many takes longer: " + name,
                Axis.logarithmic("one of", 1, most(points, Point::x)),
                Axis.linear("ms", most(points, Point::y)),
                lines);
    }

    private static List<Point> percentiles(Histogram histogram) {
        return Arrays.stream(ONE_OF)
                .filter(oneOf -> oneOf <= histogram.getTotalCount())
                .mapToObj(oneOf -> new Point(oneOf, histogram.getValueAtPercentile(100 - 100 / oneOf) / MILLI))
                .toList();
    }

    /** What is drawn of every sample. */
    private record Curve(String name, ToDoubleFunction<Sample> value) {}

    private static Chart series(String title, String unit, List<Run> runs, List<Curve> curves) {
        var lines = runs.stream()
                .flatMap(run -> curves.stream().map(curve -> line(run, curve)))
                .toList();
        var points = lines.stream().flatMap(line -> line.points().stream()).toList();
        return new Chart(
                title,
                Axis.linear("seconds", most(points, Point::x)),
                Axis.linear(unit, most(points, Point::y)),
                lines);
    }

    private static Line line(Run run, Curve curve) {
        return new Line(
                "run " + run.number() + curve.name(),
                run.series().stream()
                        .map(sample -> new Point(sample.at(), curve.value().applyAsDouble(sample)))
                        .toList());
    }

    private static double most(List<Point> points, ToDoubleFunction<Point> part) {
        return Stream.of(points).flatMap(List::stream).mapToDouble(part).max().orElse(1);
    }

    private Charts() {}
}
