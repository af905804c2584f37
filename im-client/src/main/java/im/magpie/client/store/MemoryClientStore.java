package im.magpie.client.store;

import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** Remembers for as long as the object lives; may be handed from a closed client to its successor. */
public final class MemoryClientStore implements ClientStore {

    private final Map<String, NavigableMap<Long, ChatMessage>> messages = new HashMap<>();
    private final Map<String, ChangeIndex> changes = new HashMap<>();
    private final Map<String, PersonalSettings> settings = new HashMap<>();
    private final Map<String, ReadMark> readMarks = new HashMap<>();
    private final Map<MemberKey, Receipt> watermarks = new HashMap<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Map<String, SendRequest> queue = new LinkedHashMap<>();
    private LoginCount logins = LoginCount.begin();
    private IndexVersion version = IndexVersion.getDefaultInstance();

    @Override
    public synchronized IndexVersion version() {
        return version;
    }

    @Override
    public synchronized void version(IndexVersion version) {
        this.version = version;
    }

    @Override
    public synchronized LoginCount countLogin() {
        logins = logins.next();
        return logins;
    }

    @Override
    public synchronized Map<String, Long> positions() {
        return Map.copyOf(positions);
    }

    @Override
    public synchronized void append(String conversationId, List<ChatMessage> added, long position) {
        var kept = messages.computeIfAbsent(conversationId, _ -> new TreeMap<>());
        Deletions.without(settings(conversationId), added).forEach(message -> {
            kept.put(message.getSequence(), message);
            changes(conversationId).holds(message);
        });
        positions.put(conversationId, position);
    }

    @Override
    public synchronized void replace(ChatMessage newer) {
        var kept = messages.getOrDefault(newer.getConversationId(), Collections.emptyNavigableMap());
        var held = kept.get(newer.getSequence());
        if (held != null && held.getChangedSequence() < newer.getChangedSequence()) {
            kept.put(newer.getSequence(), newer);
            changes(newer.getConversationId()).holds(newer);
        }
    }

    @Override
    public synchronized Map<String, SortedMap<Long, Long>> stale() {
        return Stale.of(changes, this);
    }

    private ChangeIndex changes(String conversationId) {
        return changes.computeIfAbsent(conversationId, _ -> new ChangeIndex());
    }

    @Override
    public synchronized List<ChatMessage> messages(String conversationId, long after, long to) {
        var kept = messages.get(conversationId);
        return kept == null || to <= after
                ? List.of()
                : List.copyOf(kept.subMap(after, false, to, true).values());
    }

    @Override
    public synchronized PersonalSettings settings(String conversationId) {
        return settings.getOrDefault(conversationId, PersonalSettings.getDefaultInstance());
    }

    @Override
    public synchronized void settings(String conversationId, PersonalSettings newer) {
        settings.put(conversationId, newer);
        var kept = messages.get(conversationId);
        if (kept != null) {
            kept.keySet().removeIf(sequence -> Deletions.has(newer, sequence));
        }
    }

    @Override
    public synchronized Map<String, ReadMark> readMarks() {
        return Map.copyOf(readMarks);
    }

    @Override
    public synchronized void readMark(String conversationId, ReadMark mark) {
        readMarks.put(conversationId, mark);
    }

    @Override
    public synchronized List<Receipt> watermarks() {
        return List.copyOf(watermarks.values());
    }

    @Override
    public synchronized void watermark(Receipt newer) {
        watermarks.put(MemberKey.of(newer), newer);
    }

    @Override
    public synchronized void enqueue(SendRequest message) {
        queue.put(message.getClientMessageId(), message);
    }

    @Override
    public synchronized void dequeue(String clientMessageId) {
        queue.remove(clientMessageId);
    }

    @Override
    public synchronized List<SendRequest> queued() {
        return List.copyOf(queue.values());
    }

    @Override
    public void close() {}
}
