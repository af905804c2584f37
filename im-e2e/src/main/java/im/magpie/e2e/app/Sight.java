package im.magpie.e2e.app;

import im.magpie.client.ClientListener;
import im.magpie.client.ClientState;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.e2e.history.Body;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What somebody has before his eyes: the latest messages of each conversation. Safe for use by many threads. */
final class Sight implements ClientListener {

    private static final int LATEST = 30;

    private final Map<String, ArrayDeque<ChatMessage>> latest = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private volatile boolean online;

    @Override
    public synchronized void onMessage(ChatMessage message) {
        var messages = latest.computeIfAbsent(message.getConversationId(), _ -> new ArrayDeque<>());
        messages.addLast(message);
        if (messages.size() > LATEST) {
            messages.removeFirst();
        }
        if (message.getContent().hasGroupEvent()) {
            happened(message.getConversationId(), Records.entry(message).body());
        }
    }

    private void happened(String conversation, Body event) {
        var present = members.computeIfAbsent(conversation, _ -> new TreeSet<>());
        switch (event) {
            case Body.Came came -> present.addAll(came.users());
            case Body.Went went -> present.removeAll(Set.copyOf(went.users()));
            default -> {}
        }
    }

    /** Returns who is in a group, by the events that came. */
    synchronized Set<String> members(String conversation) {
        return new TreeSet<>(members.getOrDefault(conversation, Set.of()));
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
