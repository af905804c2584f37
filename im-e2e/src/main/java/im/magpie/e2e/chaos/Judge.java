package im.magpie.e2e.chaos;

import im.magpie.e2e.check.Checker;
import im.magpie.e2e.history.Figures;
import im.magpie.e2e.history.History;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Reads histories, and says what became of Magpie's promises. */
final class Judge {

    private final Consumer<String> report;

    Judge(Consumer<String> report) {
        this.report = report;
    }

    /** Returns whether every promise was kept, and tells figures and verdict. */
    boolean isClean(Path file) {
        var history = History.read(file);
        var verdict = Checker.check(history);
        report.accept("");
        report.accept("Seed " + history.began().seed() + ": " + text(Figures.of(history)));
        report.accept(verdict.toString());
        report.accept("The history is in " + file);
        report.accept("");
        return verdict.isClean();
    }

    private static String text(Figures figures) {
        var sends = figures.sends();
        return String.format(
                        Locale.ROOT,
                        "%d devices in %d conversations. %d messages (%d acknowledged, %d refused, %d open), %d"
                                + " changes, %d reads, %d settings and deletions, %d changes of groups; %d messages"
                                + " shown. %d reconnects, %d"
                                + " resends. ",
                        figures.devices(),
                        figures.conversations(),
                        sends.all(),
                        sends.acknowledged(),
                        sends.refused(),
                        sends.open(),
                        figures.changes(),
                        figures.reads(),
                        figures.personal(),
                        figures.ofGroups(),
                        figures.shown(),
                        figures.reconnects(),
                        figures.resends())
                + "%d faults (%s). "
                        .formatted(
                                figures.faults().values().stream()
                                        .mapToLong(Long::longValue)
                                        .sum(),
                                figures.faults().entrySet().stream()
                                        .map(entry -> entry.getKey() + " " + entry.getValue())
                                        .collect(Collectors.joining(", ")))
                + String.format(
                        Locale.ROOT, "The last message was shown %.1f s after all was quiet.", figures.agreedAfter());
    }
}
