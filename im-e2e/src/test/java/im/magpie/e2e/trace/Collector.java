package im.magpie.e2e.trace;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Takes spans by OTLP over HTTP, as a collector does. The messages are read by their field numbers, which is all that is needed of their schema. */
public final class Collector implements AutoCloseable {

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** Listens on any free port. */
    public Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** Returns where spans go. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
    }

    /** Returns what has come so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = UnknownFieldSet.parseFrom(exchange.getRequestBody().readAllBytes());
            messages(request, 1).forEach(this::readResource);
            exchange.sendResponseHeaders(200, -1);
        }
    }

    private void readResource(UnknownFieldSet ofResource) {
        var attributes = messages(ofResource, 1).stream()
                .flatMap(resource -> messages(resource, 1).stream())
                .collect(Collectors.toMap(
                        attribute -> text(attribute, 1),
                        attribute -> text(messages(attribute, 2).getFirst(), 1),
                        (first, _) -> first));
        messages(ofResource, 2).stream()
                .flatMap(scope -> messages(scope, 2).stream())
                .forEach(span -> spans.add(span(attributes, span)));
    }

    private static Span span(Map<String, String> attributes, UnknownFieldSet span) {
        return new Span(
                attributes.getOrDefault("service.name", ""),
                attributes.getOrDefault("service.instance.id", ""),
                hex(span, 1),
                hex(span, 2),
                hex(span, 4),
                text(span, 5));
    }

    private static List<UnknownFieldSet> messages(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(Collector::parse)
                .toList();
    }

    private static UnknownFieldSet parse(ByteString bytes) {
        try {
            return UnknownFieldSet.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .collect(Collectors.joining());
    }

    private static String hex(UnknownFieldSet message, int field) {
        return message.getField(field).getLengthDelimitedList().stream()
                .map(bytes -> HexFormat.of().formatHex(bytes.toByteArray()))
                .collect(Collectors.joining());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
