package im.magpie.e2e.chaos;

import com.google.gson.JsonParser;
import im.magpie.e2e.cluster.ClusterException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The example business system, where people register. */
final class Business {

    /** The app that it owns. */
    static final String APP_ID = "demo";

    private static final String PASSWORD = "correct horse";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    Business(URI address) {
        this.address = address;
    }

    /** Registers somebody, and returns what lets them log in to Magpie. */
    String register(String userId) {
        var request = HttpRequest.newBuilder(address.resolve("/v1/register"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"userId\":\"%s\",\"password\":\"%s\"}".formatted(userId, PASSWORD)))
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new ClusterException(
                        "Nobody can register: status %d, %s".formatted(response.statusCode(), response.body()));
            }
            return JsonParser.parseString(response.body())
                    .getAsJsonObject()
                    .get("userSig")
                    .getAsString();
        } catch (IOException e) {
            throw new ClusterException("Nobody can register: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterException("interrupted");
        }
    }
}
