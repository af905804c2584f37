package im.magpie.e2e.app;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientState;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Recorder;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Writes down what an app is told while it is open, and passes it on. */
public final class Witness implements ClientListener {

    private final Recorder recorder;
    private final DeviceName name;
    private final ClientListener next;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Writes down what this device is told, and passes it on. */
    public Witness(Recorder recorder, DeviceName name, ClientListener next) {
        this.recorder = recorder;
        this.name = name;
        this.next = next;
    }

    @Override
    public void onMessage(ChatMessage message) {
        var entry = Records.entry(message);
        recorder.record(at -> new Event.Shown(at, name, message.getConversationId(), entry));
        next.onMessage(message);
    }

    @Override
    public void onChanged(ChatMessage message) {
        var entry = Records.entry(message);
        recorder.record(at -> new Event.Changed(at, name, message.getConversationId(), entry));
        next.onChanged(message);
    }

    @Override
    public void onReceipt(Receipt receipt) {
        mark(
                receipt.getConversationId(),
                receipt.getUserId(),
                receipt.getDeliveredSequence(),
                receipt.getReadSequence());
        next.onReceipt(receipt);
    }

    @Override
    public void onConversation(ConversationEntry entry) {
        var id = entry.getConversationId();
        mark(id, name.user(), entry.getDeliveredSequence(), entry.getReadSequence());
        if (ConversationId.parse(id) instanceof ConversationId.OfTwo two) {
            mark(id, two.peerOf(name.user()), entry.getPeerDeliveredSequence(), entry.getPeerReadSequence());
        }
        next.onConversation(entry);
    }

    private void mark(String conversation, String user, long delivered, long read) {
        recorder.record(at -> new Event.Marked(at, name, conversation, user, delivered, read));
    }

    @Override
    public void onState(ClientState state) {
        recorder.record(
                at -> state == ClientState.ONLINE ? new Event.Connected(at, name) : new Event.Disconnected(at, name));
        next.onState(state);
        if (state == ClientState.CLOSED) {
            closed.countDown();
        }
    }

    @Override
    public void onSettings(String conversationId, PersonalSettings settings) {
        var known = Records.settings(settings);
        recorder.record(at -> new Event.Configured(at, name, conversationId, known));
        next.onSettings(conversationId, settings);
    }

    @Override
    public void onTyping(String conversationId, String userId) {
        next.onTyping(conversationId, userId);
    }

    @Override
    public void onJoinRequest(JoinRequest request) {
        next.onJoinRequest(request);
    }

    @Override
    public void onKicked(Kicked kicked) {
        var by = kicked.getByDeviceId().isEmpty() ? "" : " by " + kicked.getByDeviceId();
        recorder.record(at -> new Event.Kicked(at, name, kicked.getReason() + by));
        next.onKicked(kicked);
    }

    /**
     * Waits until a closed client has told everything that it had to tell.
     *
     * @throws IllegalStateException if it does not come to its end in time
     */
    public void awaitEnd(Duration patience) {
        try {
            if (!closed.await(patience.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(name + " does not come to its end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
