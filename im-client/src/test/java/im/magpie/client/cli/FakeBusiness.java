package im.magpie.client.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import im.magpie.client.GatewayAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A business system that registers and signs in over HTTP. Its gateways are node-1, node-2 and so on. */
final class FakeBusiness implements AutoCloseable {

    private static final Gson GSON = new Gson();

    final Map<String, String> passwords = new ConcurrentHashMap<>();
    final AtomicInteger logins = new AtomicInteger();
    private final List<GatewayAddress> gateways;
    private final HttpServer server;
    volatile Duration validity = Duration.ofHours(1);
    volatile boolean away;

    FakeBusiness(List<GatewayAddress> gateways) {
        this.gateways = gateways;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/register", exchange -> answer(exchange, this::register));
        server.createContext("/v1/login", exchange -> answer(exchange, this::login));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private record Answer(int status, Object body) {}

    private interface Handler {
        Answer handle(String userId, String password);
    }

    private void answer(HttpExchange exchange, Handler handler) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var request = GSON.fromJson(body, JsonObject.class);
            var answer = away
                    ? problem(503, "chat is out of reach, try again")
                    : handler.handle(
                            request.get("userId").getAsString(),
                            request.get("password").getAsString());
            var bytes = GSON.toJson(answer.body()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private Answer register(String userId, String password) {
        if (password.length() < 8) {
            return problem(400, "a password has at least 8 characters");
        }
        return passwords.putIfAbsent(userId, password) == null
                ? new Answer(201, Map.of("userId", userId))
                : problem(409, "this user id is taken");
    }

    private Answer login(String userId, String password) {
        if (!password.equals(passwords.get(userId))) {
            return problem(401, "user id or password is wrong");
        }
        var nodes = new ArrayList<Map<String, Object>>();
        for (var gateway : gateways) {
            nodes.add(
                    Map.of("nodeId", "node-" + (nodes.size() + 1), "host", gateway.host(), "tcpPort", gateway.port()));
        }
        var count = logins.incrementAndGet();
        return new Answer(
                200,
                Map.of(
                        "appId",
                        "demo",
                        "userId",
                        userId,
                        "userSig",
                        "sig " + count,
                        "expiresAt",
                        Instant.now().plus(validity).toString(),
                        "gateways",
                        nodes));
    }

    private static Answer problem(int status, String detail) {
        return new Answer(status, Map.of("status", status, "detail", detail));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
