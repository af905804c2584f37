package im.magpie.bench.site;

import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** What the stores say that they have done. Blocks. */
public final class StoreMetrics {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern COMMITTED = Pattern.compile(
            "^magpie_store_messages_total\\{[^}]*outcome=\"committed\"[^}]*} ([0-9.Ee+-]+)$", Pattern.MULTILINE);

    private final List<URI> pages;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param pages where each store shows its metrics */
    StoreMetrics(List<URI> pages) {
        this.pages = List.copyOf(pages);
    }

    /** Returns how many messages are in the database by now, as far as the stores that run have written them. */
    public double committed() {
        return pages.stream().mapToDouble(page -> committed(get(page))).sum();
    }

    static double committed(String metrics) {
        return COMMITTED
                .matcher(metrics)
                .results()
                .mapToDouble(row -> Double.parseDouble(row.group(1)))
                .sum();
    }

    private String get(URI page) {
        try {
            var request = HttpRequest.newBuilder(page).timeout(TIMEOUT).build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new MeasurementException("%s does not answer: %s".formatted(page, e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted");
        }
    }
}
