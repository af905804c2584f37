package im.magpie.e2e.wire;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A WebSocket that speaks the JSON form. */
public final class TextSocket implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Json> incoming = new LinkedBlockingQueue<>();
    private final List<Json> passedOver = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebSocket socket;

    private TextSocket(URI address) {
        this.socket = http.newWebSocketBuilder()
                .buildAsync(address, new Gatherer(incoming))
                .join();
    }

    public static TextSocket to(URI address) {
        return new TextSocket(address);
    }

    public void write(String text) {
        socket.sendText(text, true).join();
    }

    /** Returns the first packet that is the reply to this request, or a push of this kind; others may be awaited later, for replies and pushes overtake each other. */
    public Json await(String command) {
        return await(command, _ -> true);
    }

    /** Returns the first packet of a command for which the condition holds; others may be awaited later. */
    public Json await(String command, Predicate<Json> condition) {
        Predicate<Json> wanted = packet -> packet.text("command").equals(command) && condition.test(packet);
        var before = passedOver.stream().filter(wanted).findFirst();
        if (before.isPresent()) {
            passedOver.remove(before.get());
            return before.get();
        }
        try {
            while (true) {
                var packet = incoming.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (packet == null) {
                    throw new AssertionError("waited %d s in vain for %s".formatted(PATIENCE_SECONDS, command));
                }
                if (wanted.test(packet)) {
                    return packet;
                }
                passedOver.add(packet);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
        http.close();
    }

    /** Puts the parts of text messages together. */
    private record Gatherer(BlockingQueue<Json> incoming, StringBuilder text) implements WebSocket.Listener {

        Gatherer(BlockingQueue<Json> incoming) {
            this(incoming, new StringBuilder());
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                incoming.add(Json.parse(text.toString()));
                text.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
