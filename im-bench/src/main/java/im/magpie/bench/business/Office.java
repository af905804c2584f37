package im.magpie.bench.business;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import im.magpie.bench.MeasurementException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;

/** A business system that brings its users and makes groups of them, over the HTTP API. Blocks. */
public final class Office {

    /** The app that it owns. */
    public static final String APP_ID = "demo";

    private static final int AT_ONCE = 1_000;
    private static final int PAGE = 500;
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Gson GSON = new Gson();

    private final URI service;
    private final Signature signature;
    private final HttpClient http = HttpClient.newHttpClient();

    /**
     * @param service where the HTTP API is
     * @param secret of its app
     */
    public Office(URI service, String secret) {
        this.service = service;
        this.signature = new Signature(APP_ID, secret);
    }

    public String userSig(String userId) {
        return signature.userSig(userId);
    }

    /** Imports so many users, named by a word and their numbers, and returns their ids. */
    public List<String> importUsers(String word, int count) {
        var ids = IntStream.range(0, count)
                .mapToObj(number -> "%s-%06d".formatted(word, number))
                .toList();
        inParts(ids, AT_ONCE, some -> {
            var users = some.stream().map(id -> Map.of("userId", id)).toList();
            call("POST", "/v1/users", Map.of("users", users));
        });
        return ids;
    }

    /** Makes a group of the first of these users and brings all others into it; returns its conversation. */
    public String importGroup(String groupId, List<String> members) {
        var group = call("PUT", "/v1/groups/" + groupId, Map.of("name", groupId, "ownerId", members.getFirst()));
        inParts(members.subList(1, members.size()), AT_ONCE, some -> add(groupId, some));
        return group.get("conversationId").getAsString();
    }

    public void add(String groupId, List<String> users) {
        call("POST", "/v1/groups/%s/members".formatted(groupId), Map.of("userIds", users));
    }

    /** Returns all members of a group, page by page. */
    public List<String> members(String groupId) {
        var all = new ArrayList<String>();
        JsonObject page;
        do {
            var after = all.isEmpty() ? "" : all.getLast();
            page = call("GET", "/v1/groups/%s/members?after=%s&limit=%d".formatted(groupId, after, PAGE), Map.of());
            page.getAsJsonArray("members")
                    .forEach(member ->
                            all.add(member.getAsJsonObject().get("userId").getAsString()));
        } while (page.has("more") && page.get("more").getAsBoolean());
        return all;
    }

    private static void inParts(List<String> all, int most, Consumer<List<String>> action) {
        all.stream().gather(Gatherers.windowFixed(most)).forEach(action);
    }

    private JsonObject call(String method, String path, Map<String, ?> body) {
        var content = body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(GSON.toJson(body));
        var request = HttpRequest.newBuilder(service.resolve(path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + signature.adminToken())
                .method(method, content)
                .build();
        try {
            var response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new MeasurementException(
                        "%s %s: status %d, %s".formatted(method, path, response.statusCode(), response.body()));
            }
            return JsonParser.parseString(response.body()).getAsJsonObject();
        } catch (IOException e) {
            throw new MeasurementException("%s %s: %s".formatted(method, path, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted");
        }
    }
}
