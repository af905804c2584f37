package im.magpie.e2e.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What messages of several loads have cost, beside each other. One thread uses it. */
final class Costs {

    static final String SCRIPTS = "Redis scripts";
    static final String REDIS_BYTES = "bytes to and from Redis";
    static final String STORE_ENVELOPES = "store envelopes";
    static final String PUSH_ENVELOPES = "push envelopes";
    static final String BROKER_BYTES = "bytes to the broker";
    static final String DATABASE = "database transactions";
    static final String RESENT = "pushes written again";

    /** Everything that a message goes through before it is acknowledged, and until it is stored. */
    private static final List<String> SENDERS_SIDE =
            List.of("im-service", "redis", "rabbitmq", "im-message-store", "mariadb");

    private static final String GATEWAYS = "im-tcp";

    private static final List<String> COUNTS =
            List.of(SCRIPTS, REDIS_BYTES, STORE_ENVELOPES, PUSH_ENVELOPES, BROKER_BYTES, DATABASE, RESENT);
    private static final int MILLIS = 1_000;

    private final List<Row> rows = new ArrayList<>();

    private record Row(String load, int messages, Reading spent) {

        double cpu(String role) {
            return spent.cpu().getOrDefault(role, 0.0) * MILLIS / messages;
        }

        double together() {
            return SENDERS_SIDE.stream().mapToDouble(this::cpu).sum();
        }

        double count(String name) {
            return spent.counts().getOrDefault(name, 0.0) / messages;
        }
    }

    /**
     * Takes a load down.
     *
     * @param spent without what goes on all the time
     * @return its processor time in a few words
     */
    String add(String load, int messages, Reading spent) {
        var row = new Row(load, messages, spent);
        rows.add(row);
        return Stream.concat(SENDERS_SIDE.stream(), Stream.of(GATEWAYS))
                .map(role -> "%s %s".formatted(role, number("%.2f", row.cpu(role))))
                .collect(Collectors.joining(", ", "", " ms a message"));
    }

    /** Returns how much more a message of one load costs than one of others, on the average of these, on its sender's side. */
    double ratio(String load, List<String> others) {
        return average(List.of(load)) / average(others);
    }

    private double average(List<String> loads) {
        return rows.stream()
                .filter(row -> loads.contains(row.load()))
                .collect(Collectors.averagingDouble(Row::together));
    }

    /** Prints a table of processor time, and one of what was done. */
    void print(Consumer<String> out) {
        out.accept("");
        out.accept("Milliseconds of processor time for a message");
        out.accept(line("load", concat(SENDERS_SIDE, "these together", GATEWAYS)));
        for (var row : rows) {
            var cells = new ArrayList<String>();
            SENDERS_SIDE.forEach(role -> cells.add(number("%.2f", row.cpu(role))));
            cells.add(number("%.2f", row.together()));
            cells.add(number("%.2f", row.cpu(GATEWAYS)));
            out.accept(line(row.load(), cells));
        }
        out.accept("");
        out.accept("For a message");
        out.accept(line("load", COUNTS));
        for (var row : rows) {
            out.accept(line(
                    row.load(),
                    COUNTS.stream().map(name -> number("%.2f", row.count(name))).toList()));
        }
        out.accept("");
    }

    /** Prints what every process holds. */
    static void print(Map<String, Gauges.Footprint> held, Consumer<String> out) {
        out.accept("");
        out.accept(line("MiB of memory", List.of("resident", "at most", "heap limit")));
        held.forEach((name, memory) -> out.accept(line(
                name,
                List.of(
                        number("%.0f", memory.resident()),
                        number("%.0f", memory.most()),
                        memory.heap() == 0 ? "" : number("%.0f", memory.heap())))));
        out.accept("");
    }

    private static List<String> concat(List<String> some, String... more) {
        var all = new ArrayList<>(some);
        all.addAll(List.of(more));
        return all;
    }

    private static String line(String first, List<String> cells) {
        return "| %s | %s |".formatted(first, String.join(" | ", cells));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
