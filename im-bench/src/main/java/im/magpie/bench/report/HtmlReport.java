package im.magpie.bench.report;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs as a page that needs nothing but itself: figures, histograms of latencies, and how all of it went over time. */
public final class HtmlReport {

    private static final String HEAD = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Magpie: benchmark</title>
        <style>
        body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 1180px; padding: 0 1rem; color: #212529; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        td, th { padding: 1px 14px 1px 0; text-align: right; }
        td:first-child, th:first-child { text-align: left; white-space: pre; }
        .charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(520px, 1fr)); gap: 8px; }
        svg line { stroke: #dee2e6; stroke-width: 1; }
        svg .title { font-size: 13px; font-weight: 600; }
        svg .tick { font-size: 11px; }
        </style>
        </head>
        <body>
        <h1>Magpie: benchmark</h1>
        """;

    /** @throws MeasurementException if the file can't be written */
    public static void write(List<Run> runs, Path file) {
        try {
            Files.writeString(file, text(runs));
        } catch (IOException e) {
            throw new MeasurementException("Cannot write " + file + ": " + e);
        }
    }

    static String text(List<Run> runs) {
        return HEAD
                + Table.byLoad(runs).values().stream().map(HtmlReport::section).collect(Collectors.joining())
                + "</body>\n</html>\n";
    }

    private static String section(List<Run> runs) {
        var load = runs.getFirst().load();
        var parameters = load.parameters().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                .collect(Collectors.joining(", "));
        return "<h2>%s</h2>\n<p>%s; %s</p>\n%s<div class=\"charts\">\n%s</div>\n"
                .formatted(
                        Html.escaped(load.title()),
                        Html.escaped(load.topology()),
                        Html.escaped(parameters),
                        table(runs),
                        Charts.of(runs).stream().map(Chart::svg).collect(Collectors.joining()));
    }

    private static String table(List<Run> runs) {
        return Table.rows(runs).stream()
                .map(row -> "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>\n"
                        .formatted(
                                Html.escaped(row.name()),
                                Table.number(row.spread().minimum()),
                                Table.number(row.spread().median()),
                                Table.number(row.spread().maximum())))
                .collect(Collectors.joining(
                        "",
                        "<table>\n<tr><th></th><th>minimum</th><th>median</th><th>maximum</th></tr>\n",
                        "</table>\n"));
    }

    private HtmlReport() {}
}
