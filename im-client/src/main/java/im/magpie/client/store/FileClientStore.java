package im.magpie.client.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SettingsPush;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Remembers in a directory of its own. What a call has returned from outlives the process, however it ends. If the
 * machine itself goes down, the latest may be lost: then the device is as it was a moment before, and the server brings
 * it the rest again; only messages that were just being sent may be gone. One client at a time has the directory.
 */
public final class FileClientStore implements ClientStore {

    private static final String LOG_NAME = "device.log";
    private static final byte VERSION = 1;
    private static final byte MESSAGES = 2;
    private static final byte ENQUEUED = 3;
    private static final byte DEQUEUED = 4;
    private static final byte CHANGED = 5;
    private static final byte SETTINGS = 6;

    /** Below it, nobody minds the waste. */
    private static final long MUCH_BYTES = 1024 * 1024;

    private final DirectoryLock lock;
    private final Map<String, RecordIndex> conversations = new HashMap<>();
    private final Map<String, ChangeIndex> changes = new HashMap<>();
    /** Where the newest states of changed messages lie, by conversation and sequence. */
    private final Map<String, Map<Long, Long>> changed = new HashMap<>();

    private final Map<String, PersonalSettings> settings = new HashMap<>();
    private final Map<String, SendRequest> queue = new LinkedHashMap<>();
    private IndexVersion version = IndexVersion.getDefaultInstance();
    private long messageBytes;
    /** Whether the log has the content of a message that was recalled or deleted later. */
    private boolean holdsTooMuch;

    private RecordLog log;

    private FileClientStore(Path directory, DirectoryLock lock, long muchBytes) throws IOException {
        this.lock = lock;
        var path = directory.resolve(LOG_NAME);
        log = RecordLog.open(path, this::recall);
        var useful = messageBytes + queueBytes();
        if (holdsTooMuch || log.size() - useful > Math.max(muchBytes, useful)) {
            compact(path);
            log.close();
            conversations.clear();
            settings.clear();
            changes.clear();
            changed.clear();
            messageBytes = 0;
            log = RecordLog.open(path, this::recall);
        }
    }

    /**
     * Opens the store of a directory, which is made if there is none.
     *
     * @throws UncheckedIOException also when another client has it open
     */
    public static FileClientStore open(Path directory) {
        return open(directory, MUCH_BYTES);
    }

    static FileClientStore open(Path directory, long muchBytes) {
        try {
            Files.createDirectories(directory);
            var lock = DirectoryLock.take(directory);
            try {
                return new FileClientStore(directory, lock, muchBytes);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    private void recall(byte type, ByteString body, long offset) throws IOException {
        switch (type) {
            case VERSION -> version = IndexVersion.parseFrom(body);
            case MESSAGES -> {
                remember(PulledRange.parseFrom(body), offset);
                messageBytes += RecordLog.size(body.size());
            }
            case CHANGED -> {
                var newer = ChatMessage.parseFrom(body);
                remember(newer, offset);
                holdsTooMuch |= newer.getRecalled();
            }
            case SETTINGS -> remember(SettingsPush.parseFrom(body));
            case ENQUEUED -> remember(SendRequest.parseFrom(body));
            case DEQUEUED -> queue.remove(SendRequest.parseFrom(body).getClientMessageId());
            default -> throw new IOException("a record of unknown type " + type + ": a later version has written it");
        }
    }

    private void remember(PulledRange messages, long offset) {
        conversations
                .computeIfAbsent(messages.getConversationId(), _ -> new RecordIndex())
                .add(messages.getToSequence(), offset);
        messages.getMessagesList()
                .forEach(message -> changes(messages.getConversationId()).holds(message));
    }

    private void remember(ChatMessage newer, long offset) {
        changed.computeIfAbsent(newer.getConversationId(), _ -> new HashMap<>()).put(newer.getSequence(), offset);
        changes(newer.getConversationId()).holds(newer);
    }

    private void remember(SettingsPush newer) {
        var before = settings.put(newer.getConversationId(), newer.getSettings());
        holdsTooMuch |= conversations.containsKey(newer.getConversationId())
                && Deletions.more(before == null ? PersonalSettings.getDefaultInstance() : before, newer.getSettings());
    }

    private ChangeIndex changes(String conversationId) {
        return changes.computeIfAbsent(conversationId, _ -> new ChangeIndex());
    }

    private long queueBytes() {
        return queue.values().stream()
                .mapToLong(message -> RecordLog.size(message.getSerializedSize()))
                .sum();
    }

    private void remember(SendRequest message) {
        queue.put(message.getClientMessageId(), message);
    }

    /**
     * Leaves out what has been overwritten: versions, older states of changed messages, the contents of recalled and deleted ones above all, and
     * messages that were sent. A crash leaves the old log as it was.
     */
    private void compact(Path path) throws IOException {
        var fresh = path.resolveSibling(LOG_NAME + ".new");
        Files.deleteIfExists(fresh);
        try (var compacted = RecordLog.open(fresh, (_, _, _) -> {})) {
            // Before the messages, which then have nothing in them that was deleted.
            for (var entry : settings.entrySet()) {
                compacted.append(
                        SETTINGS, record(entry.getKey(), entry.getValue()).toByteArray());
            }
            RecordLog.scan(path, (type, body, _) -> {
                if (type == MESSAGES) {
                    compacted.append(type, newest(PulledRange.parseFrom(body)).toByteArray());
                }
            });
            compacted.append(VERSION, version.toByteArray());
            for (var message : queue.values()) {
                compacted.append(ENQUEUED, message.toByteArray());
            }
            compacted.force();
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public synchronized IndexVersion version() {
        return version;
    }

    @Override
    public synchronized void version(IndexVersion newer) {
        append(VERSION, newer);
        version = newer;
    }

    @Override
    public synchronized Map<String, Long> positions() {
        var positions = new HashMap<String, Long>();
        conversations.forEach((conversationId, index) -> positions.put(conversationId, index.lastPosition()));
        return positions;
    }

    @Override
    public synchronized void append(String conversationId, List<ChatMessage> messages, long position) {
        var range = PulledRange.newBuilder()
                .setConversationId(conversationId)
                .setToSequence(position)
                .addAllMessages(messages)
                .build();
        remember(range, append(MESSAGES, range));
    }

    @Override
    public synchronized List<ChatMessage> messages(String conversationId, long after, long to) {
        var index = conversations.get(conversationId);
        if (index == null) {
            return List.of();
        }
        var messages = new ArrayList<ChatMessage>();
        try {
            for (var record = index.firstAbove(after); index.beginsBelow(record, to); record++) {
                for (var message :
                        log.read(index.offset(record), PulledRange.parser()).getMessagesList()) {
                    if (message.getSequence() > after
                            && message.getSequence() <= to
                            && !Deletions.has(settings(conversationId), message.getSequence())) {
                        messages.add(newest(message));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(messages);
    }

    private ChatMessage newest(ChatMessage message) throws IOException {
        var offset = changed.getOrDefault(message.getConversationId(), Map.of()).get(message.getSequence());
        return offset == null ? message : log.read(offset, ChatMessage.parser());
    }

    private PulledRange newest(PulledRange range) throws IOException {
        var newest = range.toBuilder().clearMessages();
        for (var message : range.getMessagesList()) {
            if (!Deletions.has(settings(range.getConversationId()), message.getSequence())) {
                newest.addMessages(newest(message));
            }
        }
        return newest.build();
    }

    @Override
    public synchronized void replace(ChatMessage newer) {
        var sequence = newer.getSequence();
        var held = messages(newer.getConversationId(), sequence - 1, sequence);
        if (!held.isEmpty() && held.getFirst().getChangedSequence() < newer.getChangedSequence()) {
            remember(newer, append(CHANGED, newer));
        }
    }

    @Override
    public synchronized Map<String, SortedMap<Long, Long>> stale() {
        return Stale.of(changes, this);
    }

    @Override
    public synchronized PersonalSettings settings(String conversationId) {
        return settings.getOrDefault(conversationId, PersonalSettings.getDefaultInstance());
    }

    @Override
    public synchronized void settings(String conversationId, PersonalSettings newer) {
        var record = record(conversationId, newer);
        append(SETTINGS, record);
        remember(record);
    }

    private static SettingsPush record(String conversationId, PersonalSettings settings) {
        return SettingsPush.newBuilder()
                .setConversationId(conversationId)
                .setSettings(settings)
                .build();
    }

    @Override
    public synchronized void enqueue(SendRequest message) {
        append(ENQUEUED, message);
        remember(message);
    }

    @Override
    public synchronized void dequeue(String clientMessageId) {
        append(
                DEQUEUED,
                SendRequest.newBuilder().setClientMessageId(clientMessageId).build());
        queue.remove(clientMessageId);
    }

    @Override
    public synchronized List<SendRequest> queued() {
        return List.copyOf(queue.values());
    }

    private long append(byte type, MessageLite message) {
        try {
            return log.append(type, message.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try (lock) {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
