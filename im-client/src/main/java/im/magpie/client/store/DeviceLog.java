package im.magpie.client.store;

import com.google.protobuf.MessageLite;
import im.magpie.codec.content.Deletions;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.SettingsPush;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** A device's log together with what is known of it. Not safe for use by many threads. */
final class DeviceLog implements Closeable {

    private final RecordLog log;
    private final Recollection known;

    private DeviceLog(RecordLog log, Recollection known) {
        this.log = log;
        this.known = known;
    }

    /**
     * Opens a log, or makes it, and compacts one that has much in it that it need not have, or anything that it should not.
     *
     * @param muchBytes below it, nobody minds the waste
     */
    static DeviceLog open(Path path, long muchBytes) throws IOException {
        var opened = open(path);
        var useful = opened.known.usefulBytes();
        if (!opened.known.holdsTooMuch() && opened.log.size() - useful <= Math.max(muchBytes, useful)) {
            return opened;
        }
        try (opened) {
            opened.compact(path);
        }
        return open(path);
    }

    private static DeviceLog open(Path path) throws IOException {
        var known = new Recollection();
        return new DeviceLog(RecordLog.open(path, known), known);
    }

    Recollection known() {
        return known;
    }

    /** Returns where the record lies. */
    long append(byte type, MessageLite record) throws IOException {
        return log.append(type, record.toByteArray());
    }

    /** Returns the messages of (after, to], in the order of their sequences, each in its newest state. */
    List<ChatMessage> messages(String conversationId, long after, long to) throws IOException {
        var index = known.conversations().get(conversationId);
        if (index == null) {
            return List.of();
        }
        var messages = new ArrayList<ChatMessage>();
        for (var record = index.firstAbove(after); index.beginsBelow(record, to); record++) {
            newest(log.read(index.offset(record), PulledRange.parser())).getMessagesList().stream()
                    .filter(message -> message.getSequence() > after && message.getSequence() <= to)
                    .forEach(messages::add);
        }
        return List.copyOf(messages);
    }

    private PulledRange newest(PulledRange range) throws IOException {
        var settings = known.settings(range.getConversationId());
        var newest = range.toBuilder().clearMessages();
        for (var message : range.getMessagesList()) {
            if (!Deletions.has(settings, message.getSequence())) {
                newest.addMessages(newest(message));
            }
        }
        return newest.build();
    }

    private ChatMessage newest(ChatMessage message) throws IOException {
        var offset = known.newest(message);
        return offset == null ? message : log.read(offset, ChatMessage.parser());
    }

    /**
     * Leaves out what has been overwritten: versions, older states of changed messages, the contents of recalled and deleted ones above all, and
     * messages that were sent. A crash leaves the old log as it was.
     */
    private void compact(Path path) throws IOException {
        var fresh = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        try (var compacted = new DeviceLog(RecordLog.open(fresh, (_, _, _) -> {}), known)) {
            compacted.appendPersonal();
            RecordLog.scan(path, (type, body, _) -> {
                if (type == RecordType.MESSAGES) {
                    compacted.append(type, newest(PulledRange.parseFrom(body)));
                }
            });
            compacted.append(RecordType.VERSION, known.version());
            compacted.append(RecordType.LOGIN, login(known.logins()));
            for (var mark : known.watermarks()) {
                compacted.append(RecordType.WATERMARK, mark);
            }
            for (var message : known.queue().values()) {
                compacted.append(RecordType.ENQUEUED, message);
            }
            compacted.log.force();
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Settings come before the messages, which then have nothing in them that was deleted. */
    private void appendPersonal() throws IOException {
        for (var entry : known.settings().entrySet()) {
            append(RecordType.SETTINGS, settings(entry.getKey(), entry.getValue()));
        }
        for (var entry : known.readMarks().entrySet()) {
            append(RecordType.READ, position(entry.getKey(), entry.getValue().read()));
            append(RecordType.TOLD, position(entry.getKey(), entry.getValue().told()));
        }
    }

    static LoginRequest login(LoginCount count) {
        return LoginRequest.newBuilder()
                .setRun(count.run())
                .setAttempt(count.number())
                .build();
    }

    static SettingsPush settings(String conversationId, PersonalSettings settings) {
        return SettingsPush.newBuilder()
                .setConversationId(conversationId)
                .setSettings(settings)
                .build();
    }

    static ConversationPosition position(String conversationId, long sequence) {
        return ConversationPosition.newBuilder()
                .setConversationId(conversationId)
                .setSequence(sequence)
                .build();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
