package im.magpie.e2e.people;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientState;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.Receipt;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps everything that a device is told. */
final class Ears implements ClientListener {

    private final String who;
    private final Map<String, Observed<ChatMessage>> timelines = new ConcurrentHashMap<>();
    private final Observed<ConversationEntry> conversations;
    private final Observed<Receipt> receipts;
    private final Observed<String> typing;
    private final Observed<JoinRequest> joinRequests;
    private final Observed<Kicked> kicks;
    private final AtomicInteger connections = new AtomicInteger();

    Ears(String who) {
        this.who = who;
        this.conversations = new Observed<>(who);
        this.receipts = new Observed<>(who);
        this.typing = new Observed<>(who);
        this.joinRequests = new Observed<>(who);
        this.kicks = new Observed<>(who);
    }

    Observed<ChatMessage> timeline(String conversationId) {
        return timelines.computeIfAbsent(conversationId, id -> new Observed<>(who + " in " + id));
    }

    /** Returns what changed while the device was not told. */
    Observed<ConversationEntry> conversations() {
        return conversations;
    }

    Observed<Receipt> receipts() {
        return receipts;
    }

    Observed<Kicked> kicks() {
        return kicks;
    }

    /** Returns who has written something. */
    Observed<String> typing() {
        return typing;
    }

    Observed<JoinRequest> joinRequests() {
        return joinRequests;
    }

    @Override
    public void onJoinRequest(JoinRequest request) {
        joinRequests.add(request);
    }

    @Override
    public void onTyping(String conversationId, String userId) {
        typing.add(userId);
    }

    @Override
    public void onMessage(ChatMessage message) {
        timeline(message.getConversationId()).add(message);
    }

    @Override
    public void onConversation(ConversationEntry conversation) {
        conversations.add(conversation);
    }

    @Override
    public void onReceipt(Receipt receipt) {
        receipts.add(receipt);
    }

    /** Returns how often the device has come online. */
    int connections() {
        return connections.get();
    }

    @Override
    public void onState(ClientState state) {
        if (state == ClientState.ONLINE) {
            connections.incrementAndGet();
        }
    }

    @Override
    public void onKicked(Kicked kicked) {
        kicks.add(kicked);
    }
}
