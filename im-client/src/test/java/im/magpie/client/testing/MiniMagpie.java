package im.magpie.client.testing;

import im.magpie.client.GatewayAddress;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.packet.Push;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ConfigureReply;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SettingsPush;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.codec.protocol.SyncReply;
import im.magpie.codec.protocol.SyncRequest;
import im.magpie.codec.protocol.Typing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What a client sees of Magpie, in memory: some nodes, and the timelines, indexes and watermarks behind them. */
public final class MiniMagpie implements AutoCloseable {

    private static final int PAGE = 20;

    private record Mark(long delivered, long read) {}

    private final Faults faults;
    private final int heartbeatMillis;
    private final List<FakeGateway> nodes = new ArrayList<>();
    private final List<MiniSession> sessions = new ArrayList<>();
    private final Map<String, List<ChatMessage>> timelines = new HashMap<>();
    private final Map<String, Map<String, Long>> indexes = new HashMap<>();
    private final Map<String, Mark> marks = new HashMap<>();
    private final Map<String, PersonalSettings> settings = new HashMap<>();
    private final Map<String, ErrorCode> refusals = new HashMap<>();
    private UnaryOperator<ChatMessage> tampering = UnaryOperator.identity();
    private long changes;

    public MiniMagpie(int nodeCount, int heartbeatMillis, Faults faults) {
        this.faults = faults;
        this.heartbeatMillis = heartbeatMillis;
        for (var i = 1; i <= nodeCount; i++) {
            var name = "node-" + i;
            nodes.add(new FakeGateway(channel -> channel.pipeline().addLast(new MiniSession(this, name))));
        }
    }

    /** Returns the addresses of the nodes node-1, node-2 and so on. */
    public List<GatewayAddress> nodes() {
        return nodes.stream().map(FakeGateway::address).toList();
    }

    public synchronized List<ChatMessage> timeline(String conversationId) {
        return List.copyOf(timelines.getOrDefault(conversationId, List.of()));
    }

    /** Returns a conversation as a user would read it now. */
    public synchronized List<ChatMessage> read(String userId, String conversationId) {
        var timeline = timeline(conversationId);
        return timeline.stream()
                .map(entry -> MadeChanges.of(entry, timeline, userId))
                .toList();
    }

    /** From now on messages come out of here otherwise than they went in. */
    public synchronized void tamper(UnaryOperator<ChatMessage> change) {
        tampering = change;
    }

    /** From now on nothing of this user's is taken. */
    public synchronized void refuse(String userId, ErrorCode code) {
        refusals.put(userId, code);
    }

    /** Ends all sessions of a user. */
    public synchronized void kick(String userId) {
        var kicked = Kicked.newBuilder()
                .setReason(KickReason.SUPERSEDED)
                .setByClientType(ClientType.LINUX)
                .setByDeviceId("laptop")
                .build();
        push(new Push.Kicked(kicked), session -> session.userId().equals(userId));
    }

    synchronized DevicesReply devices(MiniSession asking) {
        var reply = DevicesReply.newBuilder();
        sessions.stream()
                .filter(session -> session.userId().equals(asking.userId()))
                .forEach(session -> reply.addDevices(DeviceEntry.newBuilder()
                        .setClientType(session.device().getClientType())
                        .setDeviceId(session.device().getDeviceId())
                        .setDeviceName(session.device().getDeviceName())
                        .setOnline(true)
                        .setCurrent(session == asking)));
        return reply.build();
    }

    synchronized void signOut(MiniSession by, SignOutRequest request) {
        var kicked = Kicked.newBuilder()
                .setReason(KickReason.SIGNED_OUT)
                .setByClientType(by.device().getClientType())
                .setByDeviceId(by.device().getDeviceId());
        push(
                new Push.Kicked(kicked.build()),
                session -> session.userId().equals(by.userId())
                        && session.device().getDeviceId().equals(request.getDeviceId()));
    }

    /** Breaks all connections of a user. */
    public synchronized void cut(String userId) {
        sessions.stream()
                .filter(session -> session.userId().equals(userId))
                .toList()
                .forEach(MiniSession::close);
    }

    synchronized Optional<ErrorCode> refusal(String userId) {
        return Optional.ofNullable(refusals.get(userId));
    }

    /** From now on nothing goes wrong. */
    public synchronized void endFaults() {
        faults.end();
        sessions.forEach(MiniSession::skipped);
    }

    Faults faults() {
        return faults;
    }

    int heartbeatMillis() {
        return heartbeatMillis;
    }

    synchronized void enter(MiniSession session) {
        sessions.add(session);
    }

    synchronized void leave(MiniSession session) {
        sessions.remove(session);
    }

    /** Returns the message, which is the first one's where it has been sent before. */
    synchronized ChatMessage accept(MiniSession from, SendRequest request) {
        var timeline = timelines.computeIfAbsent(request.getConversationId(), _ -> new ArrayList<>());
        for (var message : timeline) {
            if (message.getClientMessageId().equals(request.getClientMessageId())) {
                return message;
            }
        }
        var message = ChatMessage.newBuilder()
                .setConversationId(request.getConversationId())
                .setSenderId(from.userId())
                .setClientMessageId(request.getClientMessageId())
                .setContent(request.getContent())
                .setSequence(timeline.size() + 1)
                .setOrdinal(timeline.size() + 1)
                .setServerTime(System.currentTimeMillis())
                .build();
        timeline.add(message);
        var conversation = ConversationId.parse(request.getConversationId());
        conversation.participants().forEach(user -> changed(user, request.getConversationId()));
        var push = new Push.Messages(
                MessagePush.newBuilder().addMessages(tampering.apply(message)).build());
        push(push, session -> session != from && conversation.includes(session.userId()));
        return message;
    }

    /** What is deleted is all that these settings are about. */
    synchronized ConfigureReply configure(MiniSession from, ConfigureRequest request) {
        var key = from.userId() + " " + request.getConversationId();
        var before = settings.getOrDefault(key, PersonalSettings.getDefaultInstance());
        var after = before.toBuilder()
                .setVersion(before.getVersion() + 1)
                .setPinned(request.getPinned())
                .addAllDeleted(request.getDeleteList())
                .build();
        settings.put(key, after);
        changed(from.userId(), request.getConversationId());
        var push = new Push.Settings(SettingsPush.newBuilder()
                .setConversationId(request.getConversationId())
                .setSettings(after)
                .build());
        push(push, session -> session != from && session.userId().equals(from.userId()));
        return ConfigureReply.newBuilder().setSettings(after).build();
    }

    synchronized void typed(MiniSession from, String conversationId) {
        var peer = ConversationId.parse(conversationId).peerOf(from.userId());
        var push = new Push.Typing(Typing.newBuilder()
                .setConversationId(conversationId)
                .setUserId(from.userId())
                .build());
        push(push, session -> session.userId().equals(peer));
    }

    private void push(Push push, Predicate<MiniSession> to) {
        sessions.stream().filter(to).toList().forEach(session -> session.push(push));
    }

    private void changed(String userId, String conversationId) {
        indexes.computeIfAbsent(userId, _ -> new HashMap<>()).put(conversationId, ++changes);
    }

    synchronized IndexVersion version(String userId) {
        var counter = indexes.getOrDefault(userId, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .max();
        return FakeConnection.version(counter.orElse(0));
    }

    synchronized SyncReply sync(String userId, SyncRequest request) {
        var since = request.getSince().getCounter();
        var changed = indexes.getOrDefault(userId, Map.of()).entrySet().stream()
                .filter(entry -> entry.getValue() > since)
                .sorted(Map.Entry.comparingByValue())
                .toList();
        var page = changed.stream().limit(2).toList();
        var reply = SyncReply.newBuilder()
                .setVersion(
                        page.isEmpty()
                                ? version(userId)
                                : FakeConnection.version(page.getLast().getValue()))
                .setMore(page.size() < changed.size());
        page.forEach(entry -> reply.addConversations(entry(userId, entry.getKey())));
        return reply.build();
    }

    private ConversationEntry entry(String userId, String conversationId) {
        var newest = timelines.getOrDefault(conversationId, List.of()).size();
        var own = mark(userId, conversationId);
        var peers = mark(ConversationId.parse(conversationId).peerOf(userId), conversationId);
        return ConversationEntry.newBuilder()
                .setConversationId(conversationId)
                .setNewestSequence(newest)
                .setNewestOrdinal(newest)
                .setDeliveredSequence(own.delivered())
                .setReadSequence(own.read())
                .setReadOrdinal(own.read())
                .setPeerDeliveredSequence(peers.delivered())
                .setPeerReadSequence(peers.read())
                .setSettings(
                        settings.getOrDefault(userId + " " + conversationId, PersonalSettings.getDefaultInstance()))
                .build();
    }

    private Mark mark(String userId, String conversationId) {
        return marks.getOrDefault(userId + " " + conversationId, new Mark(0, 0));
    }

    synchronized PulledRange pull(String userId, PullRange range) {
        var timeline = timelines.getOrDefault(range.getConversationId(), List.of());
        var newest = range.getToSequence() == 0 ? timeline.size() : Math.min(range.getToSequence(), timeline.size());
        var from = Math.min(range.getAfterSequence(), newest);
        var to = Math.min(newest, from + PAGE);
        return PulledRange.newBuilder()
                .setConversationId(range.getConversationId())
                .setAfterSequence(range.getAfterSequence())
                .setToSequence(Math.max(to, range.getAfterSequence()))
                .addAllMessages(timeline.subList((int) from, (int) to).stream()
                        .map(message -> tampering.apply(MadeChanges.of(message, timeline, userId)))
                        .toList())
                .build();
    }

    synchronized boolean hasMore(PulledRange range) {
        return range.getToSequence()
                < timelines.getOrDefault(range.getConversationId(), List.of()).size();
    }

    synchronized void raise(MiniSession from, String conversationId, long delivered, long read) {
        var userId = from.userId();
        var before = mark(userId, conversationId);
        var after = new Mark(Math.max(before.delivered(), Math.max(delivered, read)), Math.max(before.read(), read));
        if (after.equals(before)) {
            return;
        }
        marks.put(userId + " " + conversationId, after);
        var peer = ConversationId.parse(conversationId).peerOf(userId);
        if (after.read() > before.read()) {
            changed(userId, conversationId);
            changed(peer, conversationId);
        }
        var receipt = Receipt.newBuilder()
                .setConversationId(conversationId)
                .setUserId(userId)
                .setDeliveredSequence(after.delivered())
                .setReadSequence(after.read())
                .setReadOrdinal(after.read());
        push(
                new Push.Receipts(ReceiptPush.newBuilder().addReceipts(receipt).build()),
                session -> session != from
                        && (session.userId().equals(peer) || session.userId().equals(userId)));
    }

    @Override
    public void close() {
        nodes.forEach(FakeGateway::close);
        synchronized (this) {
            List.copyOf(sessions).forEach(MiniSession::close);
        }
    }
}
