package im.magpie.e2e.app;

import im.magpie.client.Account;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.Groups;
import im.magpie.client.MagpieClient;
import im.magpie.client.SentMessage;
import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.codec.content.Contents;
import im.magpie.codec.conversation.ConversationId;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ConfigureRequest;
import im.magpie.codec.protocol.CreateGroup;
import im.magpie.codec.protocol.GroupChanged;
import im.magpie.codec.protocol.JoinPolicy;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Outcome;
import im.magpie.e2e.history.Recorder;
import im.magpie.e2e.history.RequestIds;
import im.magpie.e2e.history.Settings;
import io.netty.channel.EventLoopGroup;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The app on one device of somebody's, with all that it does and is told written down. It may be opened and closed again, and keeps what it remembers. One
 * thread opens, closes and asks; others may look.
 */
public final class App {

    private static final int ALL_HISTORY = 1_000_000;
    private static final Duration FOR_LONG = Duration.ofDays(30);
    private static final Duration END_PATIENCE = Duration.ofMinutes(1);

    private final DeviceName name;
    private final Way way;
    private final Recorder recorder;
    private final ClientStore store = new MemoryClientStore();
    private final Sight sight = new Sight();
    private final AtomicInteger unanswered = new AtomicInteger();
    private volatile @Nullable MagpieClient client;
    private @Nullable Witness witness;

    /**
     * How it reaches the server.
     *
     * @param gateways asked before every connection
     * @param userSig by which its user logs in
     * @param loops shared by many apps
     */
    public record Way(String appId, Supplier<List<GatewayAddress>> gateways, String userSig, EventLoopGroup loops) {}

    public App(DeviceName name, Way way, Recorder recorder) {
        this.name = name;
        this.way = way;
        this.recorder = recorder;
    }

    public DeviceName name() {
        return name;
    }

    public boolean isOpen() {
        return client != null;
    }

    public boolean isOnline() {
        return isOpen() && sight.isOnline();
    }

    /** Returns how many operations have not come to anything yet. */
    public int unanswered() {
        return unanswered.get();
    }

    /** Begins to log in. */
    public void open() {
        var listener = new Witness(recorder, name, sight);
        var account = new Account(way.appId(), name.user(), ClientType.LINUX, name.device(), "the " + name.device());
        recorder.record(at -> new Event.Started(at, name));
        witness = listener;
        client = MagpieClient.start(ClientOptions.of(account, way.gateways(), way::userSig, listener)
                .withStore(store)
                .withInitialHistory(ALL_HISTORY)
                .withEventLoops(way.loops()));
    }

    /** Closes the app, without logging out. */
    public void close() {
        var closing = client();
        closing.close();
        // What is shown late must not mix with what is shown when it is open again.
        Objects.requireNonNull(witness).awaitEnd(END_PATIENCE);
        recorder.record(at -> new Event.Resent(at, name, closing.resends()));
        recorder.record(at -> new Event.Stopped(at, name));
        client = null;
    }

    /** Writes down what is counted only, for an app that stays open to the end of the history. */
    public void endOfHistory() {
        recorder.record(at -> new Event.Resent(at, name, client().resends()));
    }

    /** Leaves when nothing is written down any more. */
    public void leave() {
        var leaving = client;
        if (leaving != null) {
            leaving.close();
        }
    }

    /** Returns the latest messages that the user has seen in a conversation. */
    public List<ChatMessage> latest(String conversation) {
        return sight.of(conversation);
    }

    public void send(String conversation, String text) {
        send(new Operation.Send(conversation, text), app -> app.sendText(conversation, text));
    }

    public void recall(String conversation, long sequence) {
        send(new Operation.Recall(conversation, sequence), app -> app.recall(conversation, sequence));
    }

    public void edit(String conversation, long sequence, String text) {
        send(
                new Operation.Edit(conversation, sequence, text),
                app -> app.edit(conversation, sequence, Contents.text(text)));
    }

    public void react(String conversation, long sequence, String emoji, boolean removed) {
        send(
                new Operation.React(conversation, sequence, emoji, removed),
                app -> removed
                        ? app.removeReaction(conversation, sequence, emoji)
                        : app.react(conversation, sequence, emoji));
    }

    /** Nobody is answered who has read something. */
    public void read(String conversation, long sequence) {
        recorder.invoked(name, new Operation.Read(conversation, sequence));
        client().read(conversation, sequence);
    }

    public void pin(String conversation, boolean pinned) {
        configure(new Operation.Pin(conversation, pinned), change -> change.setPinned(pinned));
    }

    public void mute(String conversation, boolean muted) {
        configure(new Operation.Mute(conversation, muted), change -> change.setMuted(muted));
    }

    public void draft(String conversation, String text) {
        configure(new Operation.Draft(conversation, text), change -> change.setDraft(text));
    }

    /** Deletes a message of somebody else for this user alone. */
    public void delete(String conversation, long sequence) {
        configure(new Operation.Delete(conversation, sequence), change -> change.addDelete(sequence));
    }

    /** Makes a group of this user and others, which everybody may join. */
    public void found(String conversation, List<String> others, boolean openHistory) {
        var group = CreateGroup.newBuilder()
                .setName("the group " + conversation)
                .addAllMemberIds(others)
                .setOpenHistory(openHistory)
                .setJoinPolicy(JoinPolicy.OPEN)
                .build();
        change(new Operation.Found(conversation, others, openHistory), (groups, id) -> groups.create(id, group));
    }

    public void add(String conversation, String user) {
        change(new Operation.Add(conversation, user), (groups, id) -> groups.add(id, List.of(user)));
    }

    public void join(String conversation) {
        change(new Operation.Join(conversation), (groups, id) -> groups.join(id, ""));
    }

    public void remove(String conversation, String user) {
        change(new Operation.Remove(conversation, user), (groups, id) -> groups.remove(id, List.of(user)));
    }

    public void leaveGroup(String conversation) {
        change(new Operation.Leave(conversation), Groups::leave);
    }

    /** Lets a member write no more for longer than any run takes, or again. */
    public void silence(String conversation, String user, boolean silent) {
        change(
                new Operation.Silence(conversation, user, silent),
                (groups, id) -> groups.mute(id, user, silent ? FOR_LONG : Duration.ZERO));
    }

    public void call(String conversation, String name) {
        change(
                new Operation.Name(conversation, name),
                (groups, id) -> groups.change(
                        id, GroupChanged.newBuilder().setName(name).build()));
    }

    private void change(Operation.OfGroup what, BiFunction<Groups, String, CompletableFuture<?>> request) {
        if (!(ConversationId.parse(what.conversation()) instanceof ConversationId.OfGroup group)) {
            throw new IllegalArgumentException(what.conversation() + " is no group's");
        }
        ask(
                what,
                (app, operation) -> request.apply(app.groups().withRequestId(RequestIds.of(operation)), group.groupId())
                        .thenApply(_ -> group),
                (_, why) -> Records.outcomeOfGroup(why));
    }

    /** Returns who is in a group, as far as the user has seen its events since the app was first opened. */
    public Set<String> members(String conversation) {
        return sight.members(conversation);
    }

    private void configure(Operation.Personal what, UnaryOperator<ConfigureRequest.Builder> change) {
        var request = ConfigureRequest.newBuilder().setConversationId(what.conversation());
        ask(what, app -> app.configure(change.apply(request).build()), (_, why) -> Records.outcomeOfChange(why));
    }

    private void send(Operation what, Function<MagpieClient, CompletableFuture<SentMessage>> request) {
        ask(what, request, Records::outcome);
    }

    private <T> void ask(
            Operation what,
            Function<MagpieClient, CompletableFuture<T>> request,
            BiFunction<@Nullable T, @Nullable Throwable, Outcome> outcome) {
        ask(what, (app, _) -> request.apply(app), outcome);
    }

    /** @param request is told the operation's number */
    private <T> void ask(
            Operation what,
            BiFunction<MagpieClient, Long, CompletableFuture<T>> request,
            BiFunction<@Nullable T, @Nullable Throwable, Outcome> outcome) {
        var operation = recorder.invoked(name, what);
        unanswered.incrementAndGet();
        var _ = request.apply(client(), operation).whenComplete((answer, why) -> {
            recorder.completed(operation, outcome.apply(answer, why));
            unanswered.decrementAndGet();
        });
    }

    /** Asks the server for everything in a conversation, which for who has never been in it is nothing; again where that may help. */
    public CompletableFuture<List<Entry>> stored(String conversation) {
        return new StoredHistory(client(), conversation).read();
    }

    /** Returns what the device knows of what its user has made of a conversation. */
    public Settings settings(String conversation) {
        return Records.settings(store.settings(conversation));
    }

    /** Returns what the device remembers of a conversation. */
    public List<Entry> kept(String conversation) {
        return Records.entries(store.messages(conversation, 0, Long.MAX_VALUE));
    }

    private MagpieClient client() {
        return Objects.requireNonNull(client, "the app is not open");
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
