package im.magpie.e2e.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The settings of a cluster's services that change while they run, in its Nacos. */
public final class LiveSettings {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final NativeCluster cluster;

    public LiveSettings(NativeCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Says what a service's settings are from now on; those that run follow within a moment.
     *
     * @param yaml everything that is not as the service was started with
     * @throws ClusterException if Nacos does not take it
     */
    public void publish(String service, String yaml) {
        var document = "dataId=%s.yaml&group=DEFAULT_GROUP&content=%s"
                .formatted(service, URLEncoder.encode(yaml, StandardCharsets.UTF_8));
        var address = URI.create("http://%s/nacos/v2/cs/config?%s".formatted(cluster.address("nacos"), document));
        var request = HttpRequest.newBuilder(address)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.noBody())
                .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new ClusterException(
                        "Nacos takes no settings: status %d, %s".formatted(response.statusCode(), response.body()));
            }
        } catch (IOException e) {
            throw new ClusterException("Nacos takes no settings", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted", e);
        }
    }
}
