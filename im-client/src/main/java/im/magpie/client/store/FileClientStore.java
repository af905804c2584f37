package im.magpie.client.store;

import com.google.protobuf.MessageLite;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
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

    /** Below it, nobody minds the waste. */
    private static final long MUCH_BYTES = 1024 * 1024;

    private final DirectoryLock lock;
    private final DeviceLog log;
    private final Recollection known;

    private FileClientStore(DirectoryLock lock, DeviceLog log) {
        this.lock = lock;
        this.log = log;
        this.known = log.known();
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
                return new FileClientStore(lock, DeviceLog.open(directory.resolve(LOG_NAME), muchBytes));
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    @Override
    public synchronized IndexVersion version() {
        return known.version();
    }

    @Override
    public synchronized void version(IndexVersion newer) {
        append(RecordType.VERSION, newer);
        known.version(newer);
    }

    @Override
    public synchronized LoginCount countLogin() {
        var next = known.logins().next();
        append(RecordType.LOGIN, DeviceLog.login(next));
        known.logins(next);
        return next;
    }

    @Override
    public synchronized Map<String, Long> positions() {
        var positions = new HashMap<String, Long>();
        known.conversations().forEach((conversationId, index) -> positions.put(conversationId, index.lastPosition()));
        return positions;
    }

    @Override
    public synchronized void append(String conversationId, List<ChatMessage> messages, long position) {
        var range = PulledRange.newBuilder()
                .setConversationId(conversationId)
                .setToSequence(position)
                .addAllMessages(messages)
                .build();
        known.messages(range, append(RecordType.MESSAGES, range));
    }

    @Override
    public synchronized List<ChatMessage> messages(String conversationId, long after, long to) {
        try {
            return log.messages(conversationId, after, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void replace(ChatMessage newer) {
        var sequence = newer.getSequence();
        var held = messages(newer.getConversationId(), sequence - 1, sequence);
        if (!held.isEmpty() && held.getFirst().getChangedSequence() < newer.getChangedSequence()) {
            known.changed(newer, append(RecordType.CHANGED, newer));
        }
    }

    @Override
    public synchronized Map<String, SortedMap<Long, Long>> stale() {
        return Stale.of(known.changes(), this);
    }

    @Override
    public synchronized PersonalSettings settings(String conversationId) {
        return known.settings(conversationId);
    }

    @Override
    public synchronized void settings(String conversationId, PersonalSettings newer) {
        var record = DeviceLog.settings(conversationId, newer);
        append(RecordType.SETTINGS, record);
        known.settings(record);
    }

    @Override
    public synchronized Map<String, ReadMark> readMarks() {
        return Map.copyOf(known.readMarks());
    }

    @Override
    public synchronized void readMark(String conversationId, ReadMark mark) {
        var before = known.readMark(conversationId);
        if (mark.read() != before.read()) {
            var read = DeviceLog.position(conversationId, mark.read());
            append(RecordType.READ, read);
            known.read(read);
        }
        if (mark.told() != before.told()) {
            var told = DeviceLog.position(conversationId, mark.told());
            append(RecordType.TOLD, told);
            known.told(told);
        }
    }

    @Override
    public synchronized List<Receipt> watermarks() {
        return List.copyOf(known.watermarks());
    }

    @Override
    public synchronized void watermark(Receipt newer) {
        append(RecordType.WATERMARK, newer);
        known.watermark(newer);
    }

    @Override
    public synchronized void enqueue(SendRequest message) {
        append(RecordType.ENQUEUED, message);
        known.enqueued(message);
    }

    @Override
    public synchronized void dequeue(String clientMessageId) {
        var name = SendRequest.newBuilder().setClientMessageId(clientMessageId).build();
        append(RecordType.DEQUEUED, name);
        known.dequeued(name);
    }

    @Override
    public synchronized List<SendRequest> queued() {
        return List.copyOf(known.queue().values());
    }

    private long append(byte type, MessageLite record) {
        try {
            return log.append(type, record);
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
