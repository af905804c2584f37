package im.magpie.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** What runs came to, for people: each figure as minimum, median and maximum of a load's runs. */
public final class Table {

    private static final double MILLI = 1e3;
    private static final double MIB = 1_048_576;

    /** A figure. */
    record Row(String name, Spread spread) {}

    /** Prints a table for each load. */
    public static void print(List<Run> runs, Consumer<String> out) {
        byLoad(runs).values().forEach(some -> {
            var load = some.getFirst().load();
            out.accept("");
            out.accept("%s (%s, %d runs)".formatted(load.title(), load.topology(), some.size()));
            line(out, "", "minimum", "median", "maximum");
            rows(some)
                    .forEach(row -> line(
                            out,
                            row.name(),
                            number(row.spread().minimum()),
                            number(row.spread().median()),
                            number(row.spread().maximum())));
        });
    }

    static SequencedMap<Run.Load, List<Run>> byLoad(List<Run> runs) {
        var loads = new LinkedHashMap<Run.Load, List<Run>>();
        runs.forEach(
                run -> loads.computeIfAbsent(run.load(), _ -> new ArrayList<>()).add(run));
        return loads;
    }

    /** Returns all figures of a load's runs. */
    static List<Row> rows(List<Run> runs) {
        var first = runs.getFirst();
        var rows = new ArrayList<Row>();
        rows.add(row("CPU us a " + first.unit(), runs, Run::cpuMicros));
        for (var role : roles(runs)) {
            rows.add(row("  " + role, runs, run -> run.cpuMicrosByRole().getOrDefault(role, 0.0)));
        }
        rows.add(row(Units.many(first.unit()) + " a second", runs, Run::perSecond));
        first.latencies().keySet().stream()
                .filter(name -> first.latency(name).getTotalCount() > 0)
                .forEach(name -> addLatency(rows, name, runs));
        rows.add(row("server cores", runs, Run::serverCores));
        rows.add(row("generator cores", runs, Run::generatorCores));
        first.figures().keySet().stream()
                .sorted()
                .forEach(name -> rows.add(row(name, runs, run -> run.figures().getOrDefault(name, 0.0))));
        for (var process : first.rssBytes().keySet()) {
            rows.add(row("peak MiB " + process, runs, run -> run.rssBytes().getOrDefault(process, 0L) / MIB));
        }
        return rows;
    }

    private static void addLatency(List<Row> rows, String name, List<Run> runs) {
        for (var percentile : Percentile.values()) {
            rows.add(row(
                    "%s %s ms".formatted(name, percentile.word()),
                    runs,
                    run -> percentile.of(run.latency(name)) / MILLI));
        }
    }

    private static Set<String> roles(List<Run> runs) {
        var roles = new TreeSet<String>();
        runs.stream().map(Run::cpuNanos).map(Map::keySet).forEach(roles::addAll);
        return roles;
    }

    private static Row row(String name, List<Run> runs, ToDoubleFunction<Run> figure) {
        return new Row(name, Spread.of(runs.stream().mapToDouble(figure)));
    }

    static String number(double value) {
        var digits = Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static void line(Consumer<String> out, String name, String minimum, String median, String maximum) {
        out.accept(String.format(Locale.ROOT, "  %-46s %12s %12s %12s", name, minimum, median, maximum));
    }

    private Table() {}
}
