package im.magpie.client.testing;

import im.magpie.client.GatewayAddress;
import im.magpie.client.RequestFailedException;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.packet.Push;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ConfigureReply;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.ConversationPosition;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GroupEvent;
import im.magpie.codec.protocol.GroupReply;
import im.magpie.codec.protocol.GroupRequest;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a client sees of Magpie, in memory: some nodes, and the timelines, indexes and watermarks behind them. */
public final class MiniMagpie implements AutoCloseable {

    private static final int PAGE = 20;

    private record Mark(long delivered, long read) {}

    private final Faults faults;
    private final int heartbeatMillis;
    private final List<FakeGateway> nodes = new ArrayList<>();
    private final List<MiniSession> sessions = new ArrayList<>();
    private final MiniTimelines timelines = new MiniTimelines();
    private final Map<String, Map<String, Long>> indexes = new HashMap<>();
    private final Map<String, Mark> marks = new HashMap<>();
    private final Map<String, PersonalSettings> settings = new HashMap<>();
    private final Map<String, ErrorCode> refusals = new HashMap<>();
    private UnaryOperator<ChatMessage> tampering = UnaryOperator.identity();
    private final MiniGroups groups = new MiniGroups(new GroupTimelines());
    final MiniRooms rooms = new MiniRooms();
    private final Set<String> noticed = new HashSet<>();
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
        return List.copyOf(timelines.of(conversationId));
    }

    /** Returns a conversation as a user would read it now. */
    public synchronized List<ChatMessage> read(String userId, String conversationId) {
        var timeline = timeline(conversationId);
        return timeline.stream()
                .filter(entry -> groups.mayRead(userId, conversationId, entry.getSequence()))
                .map(entry -> MadeChanges.of(entry, timeline, userId))
                .toList();
    }

    /** From now on messages come out of here otherwise than they went in. */
    public synchronized void tamper(UnaryOperator<ChatMessage> change) {
        tampering = change;
    }

    /** From now on messages of this conversation are not pushed, but noticed. */
    public synchronized void noticeOnly(String conversationId) {
        noticed.add(conversationId);
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
        var sent = timelines.sent(request);
        if (sent.isPresent()) {
            return sent.get();
        }
        var audience = groups.audience(request.getConversationId());
        if (!audience.contains(from.userId())) {
            throw new RequestFailedException(ErrorCode.NOT_A_PARTICIPANT, "not in this conversation", 0);
        }
        var message = ChatMessage.newBuilder()
                .setConversationId(request.getConversationId())
                .setSenderId(from.userId())
                .setClientMessageId(request.getClientMessageId())
                .setContent(request.getContent());
        return append(message, audience, from);
    }

    private ChatMessage append(ChatMessage.Builder unplaced, Set<String> audience, @Nullable MiniSession from) {
        var id = unplaced.getConversationId();
        var message = timelines.append(unplaced);
        audience.forEach(user -> changed(user, id));
        push(
                noticed.contains(id) ? notice(message) : pushOf(message),
                session -> session != from && audience.contains(session.userId()));
        return message;
    }

    private Push pushOf(ChatMessage message) {
        return new Push.Messages(
                MessagePush.newBuilder().addMessages(tampering.apply(message)).build());
    }

    private static Push notice(ChatMessage message) {
        var position = ConversationPosition.newBuilder()
                .setConversationId(message.getConversationId())
                .setSequence(message.getSequence());
        return new Push.Notice(NoticePush.newBuilder().addPositions(position).build());
    }

    synchronized GroupReply group(MiniSession from, GroupRequest request) {
        return groups.reply(from.userId(), request);
    }

    private final class GroupTimelines implements MiniGroups.Timelines {

        @Override
        public long newest(String conversationId) {
            return timelines.newest(conversationId);
        }

        @Override
        public void append(String conversationId, String actor, GroupEvent event, Set<String> audience) {
            var message = ChatMessage.newBuilder()
                    .setConversationId(conversationId)
                    .setSenderId(actor)
                    .setContent(MessageContent.newBuilder().setGroupEvent(event));
            MiniMagpie.this.append(message, audience, null);
        }
    }

    /** Not all that settings are about. */
    synchronized ConfigureReply configure(MiniSession from, ConfigureRequest request) {
        var key = from.userId() + " " + request.getConversationId();
        var before = settings.getOrDefault(key, PersonalSettings.getDefaultInstance());
        var after = before.toBuilder()
                .setVersion(before.getVersion() + 1)
                .setPinned(request.getPinned())
                .setShowNicknames(request.getShowNicknames())
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
        var audience = groups.audience(conversationId);
        var push = new Push.Typing(Typing.newBuilder()
                .setConversationId(conversationId)
                .setUserId(from.userId())
                .build());
        push(push, session -> session != from && audience.contains(session.userId()));
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
        var newest = readable(userId, conversationId);
        var own = mark(userId, conversationId);
        var peers = peer(userId, conversationId)
                .map(peer -> mark(peer, conversationId))
                .orElse(new Mark(0, 0));
        return ConversationEntry.newBuilder()
                .setConversationId(conversationId)
                .setNewestSequence(newest)
                .setNewestOrdinal(timelines.ordinal(conversationId, newest))
                .setLeft(!groups.audience(conversationId).contains(userId))
                .setDeliveredSequence(own.delivered())
                .setReadSequence(own.read())
                .setReadOrdinal(timelines.ordinal(conversationId, own.read()))
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
        var timeline = timelines.of(range.getConversationId());
        var readable = readable(userId, range.getConversationId());
        var newest = range.getToSequence() == 0 ? readable : Math.min(range.getToSequence(), readable);
        var from = Math.min(range.getAfterSequence(), newest);
        var to = Math.min(newest, from + PAGE);
        return PulledRange.newBuilder()
                .setConversationId(range.getConversationId())
                .setAfterSequence(range.getAfterSequence())
                .setToSequence(Math.max(to, range.getAfterSequence()))
                .addAllMessages(timeline.subList((int) from, (int) to).stream()
                        .filter(message -> groups.mayRead(userId, message.getConversationId(), message.getSequence()))
                        .map(message -> tampering.apply(MadeChanges.of(message, timeline, userId)))
                        .toList())
                .build();
    }

    /** Returns the newest sequence that a user may read. */
    private long readable(String userId, String conversationId) {
        var newest = timelines.newest(conversationId);
        while (newest > 0 && !groups.mayRead(userId, conversationId, newest)) {
            newest--;
        }
        return newest;
    }

    private static Optional<String> peer(String userId, String conversationId) {
        return ConversationId.parse(conversationId) instanceof ConversationId.OfTwo two
                ? Optional.of(two.peerOf(userId))
                : Optional.empty();
    }

    synchronized boolean hasMore(String userId, PullRange asked, PulledRange range) {
        var readable = readable(userId, range.getConversationId());
        var wanted = asked.getToSequence() == 0 ? readable : Math.min(asked.getToSequence(), readable);
        return range.getToSequence() < wanted;
    }

    synchronized void raise(MiniSession from, String conversationId, long delivered, long read) {
        var userId = from.userId();
        var before = mark(userId, conversationId);
        var after = new Mark(Math.max(before.delivered(), Math.max(delivered, read)), Math.max(before.read(), read));
        if (after.equals(before)) {
            return;
        }
        marks.put(userId + " " + conversationId, after);
        var peer = peer(userId, conversationId);
        if (after.read() > before.read()) {
            changed(userId, conversationId);
            peer.ifPresent(other -> changed(other, conversationId));
        }
        var receipt = Receipt.newBuilder()
                .setConversationId(conversationId)
                .setUserId(userId)
                .setDeliveredSequence(after.delivered())
                .setReadSequence(after.read())
                .setReadOrdinal(timelines.ordinal(conversationId, after.read()));
        push(
                new Push.Receipts(ReceiptPush.newBuilder().addReceipts(receipt).build()),
                session -> session != from
                        && (peer.filter(session.userId()::equals).isPresent()
                                || session.userId().equals(userId)));
    }

    @Override
    public void close() {
        nodes.forEach(FakeGateway::close);
        synchronized (this) {
            List.copyOf(sessions).forEach(MiniSession::close);
        }
    }
}
