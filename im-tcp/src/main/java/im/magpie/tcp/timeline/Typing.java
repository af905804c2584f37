package im.magpie.tcp.timeline;

import im.magpie.tcp.connection.Connection;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;

/**
 * What one connection says of its user's writing: no more than one notice a second for a conversation goes on, and few for several. Belongs to the
 * connection's event loop.
 */
public final class Typing {

    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long PAUSE_BETWEEN_NANOS = Duration.ofMillis(200).toNanos();

    private final Connection connection;
    private final TypingNotices notices;
    private final Ticker ticker;
    private String last = "";
    private long told;

    public Typing(Connection connection, TypingNotices notices, Ticker ticker) {
        this.connection = connection;
        this.notices = notices;
        this.ticker = ticker;
    }

    /** Takes a notice. */
    public void noticed(String conversationId) {
        var now = ticker.nanoTime();
        var pause = conversationId.equals(last) ? PAUSE_NANOS : PAUSE_BETWEEN_NANOS;
        if (last.isEmpty() || now - told >= pause) {
            last = conversationId;
            told = now;
            notices.offer(connection, conversationId);
        }
    }
}
