package im.magpie.e2e.app;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientState;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PersonalSettings;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What somebody has before his eyes: the latest messages of each conversation. Safe for use by many threads. */
final class Sight implements ClientListener {

    private static final int LATEST = 30;

    private final Map<String, ArrayDeque<ChatMessage>> latest = new HashMap<>();
    private volatile boolean online;

    @Override
    public synchronized void onMessage(ChatMessage message) {
        var messages = latest.computeIfAbsent(message.getConversationId(), _ -> new ArrayDeque<>());
        messages.addLast(message);
        if (messages.size() > LATEST) {
            messages.removeFirst();
        }
    }

    @Override
    public synchronized void onSettings(String conversationId, PersonalSettings settings) {
        latest.getOrDefault(conversationId, new ArrayDeque<>())
                .removeIf(message -> Deletions.has(settings, message.getSequence()));
    }

    @Override
    public void onState(ClientState state) {
        online = state == ClientState.ONLINE;
    }

    boolean isOnline() {
        return online;
    }

    /** Returns the latest messages as they were when they came, in their order. */
    synchronized List<ChatMessage> of(String conversation) {
        return List.copyOf(latest.getOrDefault(conversation, new ArrayDeque<>()));
    }
}
