package im.magpie.client.testing;

import im.magpie.client.store.ClientStore;
import im.magpie.client.store.LoginCount;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.client.store.ReadMark;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.SendRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/** A store that keeps nothing more when it is told so. */
public final class BreakingStore implements ClientStore {

    private final ClientStore store = new MemoryClientStore();
    private volatile boolean broken;

    public void broken(boolean isBroken) {
        broken = isBroken;
    }

    private void write() {
        if (broken) {
            throw new UncheckedIOException(new IOException("no space left"));
        }
    }

    @Override
    public IndexVersion version() {
        return store.version();
    }

    @Override
    public void version(IndexVersion version) {
        write();
        store.version(version);
    }

    @Override
    public LoginCount countLogin() {
        return store.countLogin();
    }

    @Override
    public Map<String, Long> positions() {
        return store.positions();
    }

    @Override
    public void append(String conversationId, List<ChatMessage> messages, long position) {
        write();
        store.append(conversationId, messages, position);
    }

    @Override
    public List<ChatMessage> messages(String conversationId, long after, long to) {
        return store.messages(conversationId, after, to);
    }

    @Override
    public void replace(ChatMessage newer) {
        write();
        store.replace(newer);
    }

    @Override
    public Map<String, SortedMap<Long, Long>> stale() {
        return store.stale();
    }

    @Override
    public PersonalSettings settings(String conversationId) {
        return store.settings(conversationId);
    }

    @Override
    public void settings(String conversationId, PersonalSettings settings) {
        write();
        store.settings(conversationId, settings);
    }

    @Override
    public Map<String, ReadMark> readMarks() {
        return store.readMarks();
    }

    @Override
    public void readMark(String conversationId, ReadMark mark) {
        write();
        store.readMark(conversationId, mark);
    }

    @Override
    public List<Receipt> watermarks() {
        return store.watermarks();
    }

    @Override
    public void watermark(Receipt newer) {
        write();
        store.watermark(newer);
    }

    @Override
    public void enqueue(SendRequest message) {
        write();
        store.enqueue(message);
    }

    @Override
    public void dequeue(String clientMessageId) {
        write();
        store.dequeue(clientMessageId);
    }

    @Override
    public List<SendRequest> queued() {
        return store.queued();
    }

    @Override
    public void close() {
        store.close();
    }
}
