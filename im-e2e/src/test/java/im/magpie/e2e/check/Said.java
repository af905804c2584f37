package im.magpie.e2e.check;

import im.magpie.client.SentMessage;
import org.jspecify.annotations.Nullable;

/** One message that a device was asked to send, and what came of it. */
final class Said {

    final String conversationId;
    final String senderId;
    final String device;
    final String text;
    private volatile @Nullable SentMessage acknowledged;
    private volatile @Nullable Throwable refused;

    Said(String conversationId, String senderId, String device, String text) {
        this.conversationId = conversationId;
        this.senderId = senderId;
        this.device = device;
        this.text = text;
    }

    void acknowledged(SentMessage sent) {
        acknowledged = sent;
    }

    void refused(Throwable why) {
        refused = why;
    }

    /** Returns what the sender was told; null while that is open, and after a failure. */
    @Nullable
    SentMessage acknowledged() {
        return acknowledged;
    }

    boolean isOpen() {
        return acknowledged == null && refused == null;
    }

    @Override
    public String toString() {
        var sent = acknowledged;
        var outcome = isOpen() ? "open" : sent == null ? "failed: " + refused : "acknowledged as " + sent.sequence();
        return "\"%s\" by %s (%s)".formatted(text, device, outcome);
    }
}
