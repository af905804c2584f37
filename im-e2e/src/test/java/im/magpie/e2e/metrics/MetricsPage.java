package im.magpie.e2e.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a system's Prometheus page says at one moment. */
public final class MetricsPage {

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    /** Those of every meter, which say where it is from. */
    private static final Set<String> COMMON = Set.of("application", "node");

    /**
     * A family of samples.
     *
     * @param type counter, gauge, summary or histogram
     * @param labels without those that all meters have and those of buckets
     */
    public record Family(String name, String type, String help, Set<String> applications, Set<String> labels) {}

    private record Sample(String name, Map<String, String> labels, double value) {}

    private final Map<String, Family> families = new TreeMap<>();
    private final List<Sample> samples = new ArrayList<>();

    private MetricsPage() {}

    /** Fetches the page of a system, by the address of its management. */
    public static MetricsPage of(URI management) {
        var request = HttpRequest.newBuilder(management.resolve("/actuator/prometheus"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return parse(client.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static MetricsPage parse(String text) {
        var page = new MetricsPage();
        text.lines().forEach(page::read);
        return page;
    }

    private void read(String line) {
        if (line.startsWith("# ")) {
            var words = line.split(" ", 4);
            var family =
                    families.getOrDefault(words[2], new Family(words[2], "", "", new TreeSet<>(), new TreeSet<>()));
            families.put(
                    words[2],
                    words[1].equals("TYPE")
                            ? new Family(family.name, words[3], family.help, family.applications, family.labels)
                            : new Family(family.name, family.type, words[3], family.applications, family.labels));
        } else if (!line.isBlank()) {
            sample(line);
        }
    }

    private void sample(String line) {
        var brace = line.indexOf('{');
        var end = line.lastIndexOf('}');
        var name = line.substring(0, brace < 0 ? line.indexOf(' ') : brace);
        var labels = new TreeMap<String, String>();
        if (brace >= 0) {
            LABEL.matcher(line.substring(brace, end)).results().forEach(it -> labels.put(it.group(1), it.group(2)));
        }
        var value = line.substring(Math.max(end + 1, name.length())).strip();
        samples.add(new Sample(name, labels, Double.parseDouble(value)));
        var family = families.get(familyOf(name));
        if (family != null) {
            family.applications.add(labels.getOrDefault("application", ""));
            labels.keySet().stream()
                    .filter(label -> !COMMON.contains(label) && !label.equals("le"))
                    .forEach(family.labels::add);
        }
    }

    private String familyOf(String sample) {
        return families.containsKey(sample) ? sample : sample.replaceFirst("_(count|sum|bucket)$", "");
    }

    /** Returns the families of Magpie's own, by name. */
    public Collection<Family> ownFamilies() {
        return families.values().stream()
                .filter(family -> family.name().startsWith("magpie_"))
                .toList();
    }

    /** Returns the sum of all samples of a name that have such labels: pairs of name and value. */
    public double sum(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && has(sample, labels))
                .mapToDouble(Sample::value)
                .sum();
    }

    private static boolean has(Sample sample, String... labels) {
        for (var i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
