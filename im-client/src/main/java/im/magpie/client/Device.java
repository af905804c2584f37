package im.magpie.client;

import im.magpie.client.connection.Heartbeat;
import im.magpie.client.connection.Link;
import im.magpie.client.connection.LinkUser;
import im.magpie.client.connection.Timings;
import im.magpie.client.outbox.Outbox;
import im.magpie.client.room.Visits;
import im.magpie.client.store.ClientStore;
import im.magpie.client.timeline.Changes;
import im.magpie.client.timeline.EarlierReader;
import im.magpie.client.timeline.HistoryReader;
import im.magpie.client.timeline.ReadMarks;
import im.magpie.client.timeline.Syncer;
import im.magpie.client.timeline.Timelines;
import im.magpie.client.timeline.Watermarks;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ConversationEntry;
import im.magpie.codec.protocol.JoinRequest;
import im.magpie.codec.protocol.MessagePush;
import im.magpie.codec.protocol.NoticePush;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.codec.protocol.SendReply;
import im.magpie.codec.protocol.SendRequest;
import im.magpie.codec.protocol.SettingsPush;
import im.magpie.codec.protocol.Typing;
import io.netty.channel.EventLoop;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a device has, sends and asks, over whatever connection there is. Used by the client's loop only, but for what
 * says otherwise.
 */
final class Device implements LinkUser, Syncer.Listener {

    private final String userId;
    private final Callbacks callbacks;
    private final ClientStore store;
    private final Timings timings;
    private final Runnable caughtUp;
    private final Timelines timelines;
    private final Changes changes;
    private final Syncer syncer;
    private final ReadMarks reads;
    private final Watermarks watermarks;
    private final Outbox outbox;
    private final RepeatedCalls calls;
    private final Visits visits;
    private final Heartbeat heartbeat;
    private final List<LinkUser> linkUsers;
    private volatile long clockOffsetMillis;
    private volatile @Nullable String node;

    /** @param caughtUp runs whenever the device has everything that the server has */
    Device(EventLoop loop, ClientOptions options, Callbacks callbacks, Runnable caughtUp) {
        this.userId = options.account().userId();
        this.callbacks = callbacks;
        this.caughtUp = caughtUp;
        this.store = options.store();
        this.timings = options.timings();
        this.timelines = new Timelines(loop, store, timings, options.initialHistory(), this::complete);
        this.changes = new Changes(store, timings, this::changed);
        this.syncer = new Syncer(store, timelines, timings, this);
        this.reads = new ReadMarks(store, timings);
        this.watermarks = new Watermarks(userId, store);
        this.outbox = new Outbox(store, timings, this::durable);
        this.calls = new RepeatedCalls(loop, callbacks, timings);
        this.visits = new Visits(loop, userId, timings);
        this.heartbeat = new Heartbeat(timings.silence(), this::pong);
        this.linkUsers = List.of(timelines, syncer, changes, outbox, reads, calls, visits);
    }

    /**
     * Returns the time by the server's clock, as far as it is known, in unix milliseconds. Safe for use by many
     * threads.
     */
    long serverTime() {
        return System.currentTimeMillis() + clockOffsetMillis;
    }

    /**
     * Returns the name of the node that holds the connection; null while there is none. Safe for use by many threads.
     */
    @Nullable
    String node() {
        return node;
    }

    Outbox outbox() {
        return outbox;
    }

    ReadMarks reads() {
        return reads;
    }

    /** Returns what asks for operations on groups and rooms. */
    RepeatedCalls calls() {
        return calls;
    }

    /** Returns the rooms that the device is in. */
    Visits visits() {
        return visits;
    }

    /** Reads the last messages before a sequence; 0 for the last of all. */
    void earlier(@Nullable Link link, String conversationId, long before, int limit, HistoryReader.Reader reader) {
        var position = timelines.position(conversationId);
        var end = before == 0 ? position : Math.min(position, before - 1);
        new EarlierReader(store, link, timings.reply(), conversationId, end, limit, reader).read();
    }

    @Override
    public void online(Link link) {
        adjustClock(link.welcome().getServerTime());
        node = link.welcome().getNodeId();
        linkUsers.forEach(user -> user.online(link));
        heartbeat.start(link);
    }

    @Override
    public void offline() {
        node = null;
        linkUsers.forEach(LinkUser::offline);
    }

    void pushed(MessagePush push) {
        push.getMessagesList().forEach(timelines::pushed);
    }

    void pushed(NoticePush push) {
        push.getPositionsList().forEach(at -> timelines.noticed(at.getConversationId(), at.getSequence()));
    }

    void pushed(ReceiptPush push) {
        push.getReceiptsList().stream()
                .filter(receipt -> receipt.getUserId().equals(userId))
                .forEach(receipt -> reads.heard(receipt.getConversationId(), receipt.getReadSequence()));
        push.getReceiptsList().stream()
                .map(watermarks::raised)
                .forEach(receipt -> callbacks.tell(listener -> listener.onReceipt(receipt)));
    }

    void pushed(SettingsPush push) {
        adopt(push.getConversationId(), push.getSettings());
    }

    void pushed(JoinRequest push) {
        callbacks.tell(listener -> listener.onJoinRequest(push));
    }

    void pushed(Typing push) {
        callbacks.tell(listener -> listener.onTyping(push.getConversationId(), push.getUserId()));
    }

    /** These are the user's settings, unless newer ones are known. */
    void adopt(String conversationId, PersonalSettings settings) {
        if (settings.getVersion() > store.settings(conversationId).getVersion()) {
            store.settings(conversationId, settings);
            callbacks.tell(listener -> listener.onSettings(conversationId, settings));
        }
    }

    @Override
    public void changed(ConversationEntry conversation) {
        reads.seen(conversation);
        adopt(conversation.getConversationId(), conversation.getSettings());
        var raised = watermarks.raised(conversation);
        callbacks.tell(listener -> listener.onConversation(raised));
    }

    @Override
    public void caughtUp() {
        caughtUp.run();
    }

    private void pong(PingReply pong) {
        adjustClock(pong.getServerTime());
        if (pong.getSyncRequired()) {
            syncer.sync();
        } else if (pong.hasIndexVersion()) {
            syncer.heardOf(pong.getIndexVersion());
        }
    }

    private void complete(List<ChatMessage> messages) {
        messages.stream()
                .filter(message -> !Contents.isChange(message.getContent()))
                .forEach(message -> callbacks.tell(listener -> listener.onMessage(message)));
        changes.appended(messages);
    }

    private void changed(ChatMessage message) {
        callbacks.tell(listener -> listener.onChanged(message));
    }

    /** The server does not push to a device what it has sent itself: here it enters the timeline. */
    private void durable(SendRequest message, SendReply reply) {
        timelines.sent(ChatMessage.newBuilder()
                .setConversationId(message.getConversationId())
                .setSenderId(userId)
                .setClientMessageId(message.getClientMessageId())
                .setContent(message.getContent())
                .setSequence(reply.getSequence())
                .setOrdinal(reply.getOrdinal())
                .setServerTime(reply.getServerTime())
                .build());
    }

    private void adjustClock(long serverTime) {
        clockOffsetMillis = serverTime - System.currentTimeMillis();
    }
}
