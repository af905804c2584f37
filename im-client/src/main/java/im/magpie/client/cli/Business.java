package im.magpie.client.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import im.magpie.client.RequestFailedException;
import im.magpie.codec.protocol.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The business system, which knows the users and signs them in to Magpie. Blocks; safe for use by many threads. */
final class Business {

    /** Where one gateway is, and which node it is. */
    record Gateway(String nodeId, String host, int tcpPort) {}

    /** What it hands to a user who has logged in. */
    record SignIn(String appId, String userId, String userSig, Instant expiresAt, List<Gateway> gateways) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Gson GSON = new Gson();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final String url;

    Business(String url) {
        this.url = (url.contains("://") ? url : "http://" + url).replaceAll("/+$", "");
    }

    /**
     * Makes an account.
     *
     * @return false when there is one of this name already
     */
    boolean register(String userId, String password) {
        var response = post("/v1/register", Map.of("userId", userId, "password", password, "nickname", userId));
        return switch (response.statusCode()) {
            case 201 -> true;
            case 409 -> false;
            default -> throw refusal(response);
        };
    }

    SignIn login(String userId, String password) {
        var response = post("/v1/login", Map.of("userId", userId, "password", password));
        if (response.statusCode() != 200) {
            throw refusal(response);
        }
        return signIn(GSON.fromJson(response.body(), JsonObject.class));
    }

    private static SignIn signIn(JsonObject json) {
        var gateways = json.getAsJsonArray("gateways").asList().stream()
                .map(gateway -> GSON.fromJson(gateway, Gateway.class))
                .toList();
        return new SignIn(
                json.get("appId").getAsString(),
                json.get("userId").getAsString(),
                json.get("userSig").getAsString(),
                Instant.parse(json.get("expiresAt").getAsString()),
                gateways);
    }

    private HttpResponse<String> post(String path, Map<String, String> body) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(GSON.toJson(body)))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new RequestFailedException(
                    ErrorCode.UNAVAILABLE, "no business system answers at " + url + " (" + e + ")", 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestFailedException(ErrorCode.UNAVAILABLE, "interrupted", 0);
        }
    }

    /** What is the server's fault may pass; what is the user's does not. */
    private static RequestFailedException refusal(HttpResponse<String> response) {
        var passes = response.statusCode() >= 500 || response.statusCode() == 429;
        return new RequestFailedException(passes ? ErrorCode.UNAVAILABLE : ErrorCode.FORBIDDEN, detail(response), 0);
    }

    private static String detail(HttpResponse<String> response) {
        try {
            var problem = GSON.fromJson(response.body(), JsonObject.class);
            if (problem != null && problem.has("detail")) {
                return problem.get("detail").getAsString();
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException _) {
            // No problem document: the status has to do.
        }
        return "the business system answered with status " + response.statusCode();
    }
}
