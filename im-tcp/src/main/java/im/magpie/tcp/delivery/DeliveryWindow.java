package im.magpie.tcp.delivery;

import io.netty.channel.Channel;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a connection was pushed and has not acknowledged, with one timer on what is due first. Used by the connection's
 * event loop only.
 */
final class DeliveryWindow {

    private static final class Unacknowledged {
        final OutgoingPush push;
        int resends;
        long due;

        Unacknowledged(OutgoingPush push) {
            this.push = push;
        }
    }

    private final Channel channel;
    private final DeliverySettings settings;
    private final DeliveryMeters meters;
    private final Runnable onGivenUp;
    private final ArrayDeque<Unacknowledged> window = new ArrayDeque<>();
    private @Nullable ScheduledFuture<?> timer;
    private long timerDue;

    /** Makes an empty window; {@code onGivenUp} hears of each push that was repeated in vain. */
    DeliveryWindow(Channel channel, DeliverySettings settings, DeliveryMeters meters, Runnable onGivenUp) {
        this.channel = channel;
        this.settings = settings;
        this.meters = meters;
        this.onGivenUp = onGivenUp;
    }

    boolean full() {
        return window.size() >= settings.window();
    }

    boolean empty() {
        return window.isEmpty();
    }

    /** Remembers a push that is being written. */
    void add(OutgoingPush push) {
        var entry = new Unacknowledged(push);
        window.addLast(entry);
        awaitAcknowledgement(entry);
        if (timer == null || timerDue - entry.due > 0) {
            startTimer(entry.due);
        }
    }

    /** Forgets what a device has, up to a place in a conversation. */
    void acknowledge(String conversationId, long sequence) {
        var before = window.size();
        window.removeIf(entry -> Long.compareUnsigned(entry.push.sequence(), sequence) <= 0
                && entry.push.conversationId().equals(conversationId));
        meters.acknowledged(before - window.size());
    }

    /** Forgets everything. */
    void close() {
        window.clear();
        stopTimer();
    }

    private void awaitAcknowledgement(Unacknowledged entry) {
        var pauses = settings.resendAfter();
        var pause = pauses.get(Math.min(entry.resends, pauses.size() - 1));
        entry.due = now() + pause.toNanos();
    }

    private void onTimer() {
        timer = null;
        var now = now();
        window.removeIf(entry -> entry.due - now <= 0 && !repeat(entry));
        channel.flush();
        window.stream().mapToLong(entry -> entry.due).min().ifPresent(this::startTimer);
    }

    private boolean repeat(Unacknowledged entry) {
        if (entry.resends == settings.resendAfter().size()) {
            meters.givenUp();
            onGivenUp.run();
            return false;
        }
        entry.resends++;
        awaitAcknowledgement(entry);
        // A connection that takes nothing is not written to on top; the repetition counts all the same.
        if (channel.isWritable()) {
            meters.resent();
            channel.write(entry.push.packet());
        }
        return true;
    }

    private void startTimer(long due) {
        stopTimer();
        timerDue = due;
        timer = channel.eventLoop().schedule(this::onTimer, due - now(), TimeUnit.NANOSECONDS);
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }
}
