package im.magpie.e2e.metrics;

import im.magpie.e2e.metrics.MetricsPage.Family;
import java.util.Collection;
import java.util.stream.Collectors;

/** The table of docs/metrics.md, made of what a running system shows. */
final class MetricsDocument {

    private static final String BEGIN = "<!-- Made by MetricsIT, with -Dmagpie.write-documents=true. -->\n";
    private static final String END = "<!-- The end of what is made. -->";

    /** Returns the document with its table as the page has it. */
    static String withTable(String document, MetricsPage page) {
        var begin = document.indexOf(BEGIN) + BEGIN.length();
        return document.substring(0, begin) + table(page.ownFamilies()) + document.substring(document.indexOf(END));
    }

    private static String table(Collection<Family> families) {
        return families.stream()
                // Each timer and summary has one, of the last minutes.
                .filter(family -> !family.name().endsWith("_max"))
                .map(MetricsDocument::row)
                .collect(Collectors.joining(
                        "", "\n| metric | type | of | labels | meaning |\n|---|---|---|---|---|\n", "\n"));
    }

    private static String row(Family family) {
        return "| `%s` | %s | %s | %s | %s |%n"
                .formatted(
                        family.name(),
                        family.type(),
                        String.join(", ", family.applications()),
                        family.labels().stream().map("`%s`"::formatted).collect(Collectors.joining(", ")),
                        family.help());
    }

    private MetricsDocument() {}
}
