package im.magpie.appbusiness.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** As much of Magpie's HTTP API as a business system needs, which remembers what it was asked. */
public final class FakeMagpie {

    /** A call as it came in. */
    public record Call(String method, String path, @Nullable String authorization, String body) {}

    public static final String GATEWAYS = """
        {"gateways":[{"nodeId":"one","host":"10.0.0.1","tcpPort":9001,"webSocketPort":9101,"load":3},
                     {"nodeId":"two","host":"10.0.0.2","tcpPort":9002,"webSocketPort":9102,"load":7}]}\
        """;

    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;
    private volatile int refusal;
    private volatile CountDownLatch open = new CountDownLatch(0);

    FakeMagpie() {
        server = listen(0);
    }

    private HttpServer listen(int port) {
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var listening = HttpServer.create(address, 0);
            listening.createContext("/", this::answer);
            listening.setExecutor(threads);
            listening.start();
            return listening;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var method = exchange.getRequestMethod();
            var path = exchange.getRequestURI().getRawPath();
            calls.add(new Call(method, path, exchange.getRequestHeaders().getFirst("Authorization"), body));
            open.await();
            if (refusal != 0) {
                send(exchange, refusal, "{\"code\":\"REFUSED\"}");
            } else if (method.equals("GET") && path.equals("/v1/gateways")) {
                send(exchange, 200, GATEWAYS);
            } else if (method.equals("PUT") && path.startsWith("/v1/users/")) {
                send(exchange, 200, "{}");
            } else {
                send(exchange, 404, "{\"code\":\"NOT_FOUND\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Forgets everything and answers everything. */
    void reset() {
        refusal = 0;
        open.countDown();
        calls.clear();
    }

    /** Refuses every call with this status; 0 ends it. */
    public void refuse(int status) {
        refusal = status;
    }

    /** Answers nothing until the test has ended. */
    public void hang() {
        open = new CountDownLatch(1);
    }

    /** Is not there while something is done. */
    public <T> T awayDuring(Supplier<T> something) {
        var port = server.getAddress().getPort();
        server.stop(0);
        try {
            return something.get();
        } finally {
            server = listen(port);
        }
    }

    /** Returns the imports of users so far. */
    public List<Call> imports() {
        return calls.stream().filter(call -> call.method().equals("PUT")).toList();
    }

    /** Returns the only import of a user so far. */
    public Call onlyImport() {
        var imports = imports();
        if (imports.size() != 1) {
            throw new AssertionError("not one import: " + imports);
        }
        return Objects.requireNonNull(imports.getFirst());
    }

    /** Returns everything that was asked so far. */
    public List<Call> calls() {
        return List.copyOf(calls);
    }
}
