package im.magpie.e2e.wire;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An HTTP API that speaks JSON. */
public final class HttpApi {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final URI base;
    private final @Nullable String authorization;

    private HttpApi(URI base, @Nullable String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** Returns the API for a caller that says nothing about itself. */
    public static HttpApi at(URI base) {
        return new HttpApi(base, null);
    }

    public HttpApi withToken(String bearer) {
        return new HttpApi(base, "Bearer " + bearer);
    }

    public HttpApi withPassword(String user, String password) {
        var credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new HttpApi(base, "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    /** What came back. */
    public record Answer(int status, Json body) {

        /** Returns the named error of a problem document. */
        public String code() {
            return body.text("code");
        }

        /** Returns this answer if it is a success. */
        public Answer orFail() {
            if (status / 100 != 2) {
                throw new AssertionError("HTTP status " + status + ": " + body);
            }
            return this;
        }
    }

    public Answer get(String path) {
        return call("GET", path, "");
    }

    public Answer post(String path, String json) {
        return call("POST", path, json);
    }

    public Answer put(String path, String json) {
        return call("PUT", path, json);
    }

    public Answer patch(String path, String json) {
        return call("PATCH", path, json);
    }

    public Answer delete(String path) {
        return call("DELETE", path, "");
    }

    /** Returns the lines of JSON that a call is answered with. */
    public List<Json> lines(String path) {
        var response = exchange("GET", path, "");
        if (response.statusCode() != 200) {
            throw new AssertionError("HTTP status " + response.statusCode() + ": " + response.body());
        }
        return response.body().lines().map(Json::parse).toList();
    }

    private Answer call(String method, String path, String json) {
        var response = exchange(method, path, json);
        return new Answer(response.statusCode(), Json.parse(response.body()));
    }

    private HttpResponse<String> exchange(String method, String path, String json) {
        var body = json.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        var request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
