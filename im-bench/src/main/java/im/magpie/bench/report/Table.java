package im.magpie.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** What runs came to, for people: each figure as minimum, median and maximum of a load's runs. */
public final class Table {

    private static final double MILLI = 1e3;
    private static final double MIB = 1_048_576;

    /** Prints a table for each load. */
    public static void print(List<Run> runs, Consumer<String> out) {
        var loads = new LinkedHashMap<Run.Load, List<Run>>();
        runs.forEach(run -> loads.computeIfAbsent(run.load(), _ -> new ArrayList<>()).add(run));
        loads.forEach((load, some) -> print(load, some, out));
    }

    private static void print(Run.Load load, List<Run> runs, Consumer<String> out) {
        var unit = runs.getFirst().unit();
        out.accept("");
        out.accept("%s (%s, %d runs)".formatted(load.title(), load.topology(), runs.size()));
        row(out, "", "minimum", "median", "maximum");
        row(out, "CPU us a " + unit, runs, Run::cpuMicros);
        for (var role : roles(runs)) {
            row(out, "  " + role, runs, run -> run.cpuMicrosByRole().getOrDefault(role, 0.0));
        }
        row(out, Units.many(unit) + " a second", runs, Run::perSecond);
        runs.getFirst().latencies().forEach((name, latency) -> {
            if (latency.getTotalCount() > 0) {
                latency(out, name, runs);
            }
        });
        row(out, "server cores", runs, Run::serverCores);
        row(out, "generator cores", runs, Run::generatorCores);
        runs.getFirst().figures().keySet().stream()
                .sorted()
                .forEach(name -> row(out, name, runs, run -> run.figures().getOrDefault(name, 0.0)));
        for (var process : runs.getFirst().rssBytes().keySet()) {
            row(out, "peak MiB " + process, runs, run -> run.rssBytes().getOrDefault(process, 0L) / MIB);
        }
    }

    private static void latency(Consumer<String> out, String name, List<Run> runs) {
        for (var percentile : Percentile.values()) {
            row(
                    out,
                    "%s %s ms".formatted(name, percentile.word()),
                    runs,
                    run -> percentile.of(run.latencies().get(name)) / MILLI);
        }
    }

    private static TreeSet<String> roles(List<Run> runs) {
        var roles = new TreeSet<String>();
        runs.forEach(run -> roles.addAll(run.cpuNanos().keySet()));
        return roles;
    }

    private static void row(Consumer<String> out, String name, List<Run> runs, ToDoubleFunction<Run> figure) {
        var spread = Spread.of(runs.stream().mapToDouble(figure));
        row(out, name, number(spread.minimum()), number(spread.median()), number(spread.maximum()));
    }

    private static String number(double value) {
        var digits = Math.abs(value) >= 1_000 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static void row(Consumer<String> out, String name, String minimum, String median, String maximum) {
        out.accept(String.format(Locale.ROOT, "  %-34s %12s %12s %12s", name, minimum, median, maximum));
    }

    private Table() {}
}
