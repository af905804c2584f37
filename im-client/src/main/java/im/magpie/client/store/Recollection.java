package im.magpie.client.store;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SettingsPush;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the records of a device's log come to: where its messages lie, and all else itself. Not safe for use by many threads. */
final class Recollection implements RecordLog.Visitor {

    private final Map<String, RecordIndex> conversations = new HashMap<>();
    private final Map<String, ChangeIndex> changes = new HashMap<>();
    /** Where the newest states of changed messages lie, by conversation and sequence. */
    private final Map<String, Map<Long, Long>> changed = new HashMap<>();

    private final Map<String, PersonalSettings> settings = new HashMap<>();
    private final Map<String, ReadMark> readMarks = new HashMap<>();
    private final Map<MemberKey, Receipt> watermarks = new HashMap<>();
    private final Map<String, SendRequest> queue = new LinkedHashMap<>();
    private IndexVersion version = IndexVersion.getDefaultInstance();
    private LoginCount logins = LoginCount.begin();
    private long messageBytes;
    private boolean tooMuch;

    @Override
    public void visit(byte type, ByteString body, long offset) throws IOException {
        switch (type) {
            case RecordType.VERSION -> version(IndexVersion.parseFrom(body));
            case RecordType.LOGIN -> {
                var login = LoginRequest.parseFrom(body);
                logins(new LoginCount(login.getRun(), login.getAttempt()));
            }
            case RecordType.MESSAGES -> {
                messages(PulledRange.parseFrom(body), offset);
                messageBytes += RecordLog.size(body.size());
            }
            case RecordType.CHANGED -> {
                var newer = ChatMessage.parseFrom(body);
                changed(newer, offset);
                tooMuch |= newer.getRecalled();
            }
            case RecordType.SETTINGS -> settings(SettingsPush.parseFrom(body));
            case RecordType.READ -> read(ConversationPosition.parseFrom(body));
            case RecordType.TOLD -> told(ConversationPosition.parseFrom(body));
            case RecordType.WATERMARK -> watermark(Receipt.parseFrom(body));
            case RecordType.ENQUEUED -> enqueued(SendRequest.parseFrom(body));
            case RecordType.DEQUEUED -> dequeued(SendRequest.parseFrom(body));
            default -> throw new IOException("a record of unknown type " + type + ": a later version has written it");
        }
    }

    void version(IndexVersion newer) {
        version = newer;
    }

    void logins(LoginCount newer) {
        logins = newer;
    }

    void messages(PulledRange range, long offset) {
        conversations
                .computeIfAbsent(range.getConversationId(), _ -> new RecordIndex())
                .add(range.getToSequence(), offset);
        range.getMessagesList()
                .forEach(message -> changes(range.getConversationId()).holds(message));
    }

    void changed(ChatMessage newer, long offset) {
        changed.computeIfAbsent(newer.getConversationId(), _ -> new HashMap<>()).put(newer.getSequence(), offset);
        changes(newer.getConversationId()).holds(newer);
    }

    void settings(SettingsPush newer) {
        var before = settings.put(newer.getConversationId(), newer.getSettings());
        tooMuch |= conversations.containsKey(newer.getConversationId())
                && Deletions.more(before == null ? PersonalSettings.getDefaultInstance() : before, newer.getSettings());
    }

    void read(ConversationPosition position) {
        var id = position.getConversationId();
        readMarks.put(id, new ReadMark(position.getSequence(), readMark(id).told()));
    }

    void told(ConversationPosition position) {
        var id = position.getConversationId();
        readMarks.put(id, new ReadMark(readMark(id).read(), position.getSequence()));
    }

    void watermark(Receipt newer) {
        watermarks.put(MemberKey.of(newer), newer);
    }

    void enqueued(SendRequest message) {
        queue.put(message.getClientMessageId(), message);
    }

    void dequeued(SendRequest message) {
        queue.remove(message.getClientMessageId());
    }

    private ChangeIndex changes(String conversationId) {
        return changes.computeIfAbsent(conversationId, _ -> new ChangeIndex());
    }

    IndexVersion version() {
        return version;
    }

    LoginCount logins() {
        return logins;
    }

    Map<String, RecordIndex> conversations() {
        return conversations;
    }

    Map<String, ChangeIndex> changes() {
        return changes;
    }

    Map<String, PersonalSettings> settings() {
        return settings;
    }

    PersonalSettings settings(String conversationId) {
        return settings.getOrDefault(conversationId, PersonalSettings.getDefaultInstance());
    }

    Map<String, ReadMark> readMarks() {
        return readMarks;
    }

    ReadMark readMark(String conversationId) {
        return readMarks.getOrDefault(conversationId, ReadMark.NONE);
    }

    Collection<Receipt> watermarks() {
        return watermarks.values();
    }

    Map<String, SendRequest> queue() {
        return queue;
    }

    /** Returns where a newer state of a message lies; null where there is none. */
    @Nullable
    Long newest(ChatMessage message) {
        return changed.getOrDefault(message.getConversationId(), Map.of()).get(message.getSequence());
    }

    /** Returns whether the log has the content of a message that was recalled or deleted later. */
    boolean holdsTooMuch() {
        return tooMuch;
    }

    /** Returns how many bytes of the log are worth keeping, about. */
    long usefulBytes() {
        return messageBytes + bytesOf(queue.values()) + bytesOf(watermarks.values());
    }

    private static long bytesOf(Collection<? extends MessageLite> records) {
        return records.stream()
                .mapToLong(record -> RecordLog.size(record.getSerializedSize()))
                .sum();
    }
}
