package im.magpie.e2e.people;

import im.magpie.client.Account;
import im.magpie.client.ClientOptions;
import im.magpie.client.GatewayAddress;
import im.magpie.client.MagpieClient;
import im.magpie.client.RequestFailedException;
import im.magpie.client.SentMessage;
import im.magpie.client.store.ClientStore;
import im.magpie.client.store.MemoryClientStore;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.JoinRequestState;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.PersonalSettings;
import im.magpie.codec.protocol.Receipt;
import im.magpie.e2e.app.Records;
import im.magpie.e2e.app.Witness;
import im.magpie.e2e.history.DeviceName;
import im.magpie.e2e.history.Entry;
import im.magpie.e2e.history.Event;
import im.magpie.e2e.history.Operation;
import im.magpie.e2e.history.Recorder;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.wire.Tokens;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Somebody's device: the client with a store in memory, and all that it was told through all of its connections. */
public final class Device implements AutoCloseable {

    private static final int ALL_HISTORY = 1_000_000;

    private final Person owner;
    private final ClientType type;
    private final String id;
    private final Supplier<List<GatewayAddress>> gateways;
    private final ClientStore store = new MemoryClientStore();
    private final Ears ears;
    private final Recorder recorder;
    private final DeviceName name;
    private @Nullable MagpieClient client;
    private @Nullable Witness witness;

    Device(Person owner, ClientType type, String id, Supplier<List<GatewayAddress>> gateways, Recorder recorder) {
        this.owner = owner;
        this.type = type;
        this.id = id;
        this.gateways = gateways;
        this.ears = new Ears(toString());
        this.recorder = recorder;
        this.name = new DeviceName(owner.userId(), id);
    }

    /** Logs in, and returns when the device has what it missed. */
    public Device online() {
        start();
        get(client().ready());
        return this;
    }

    /** Begins to log in. */
    public Device start() {
        var account = new Account(Tokens.APP, owner.userId(), type, id, "the " + id);
        var listener = new Witness(recorder, name, ears);
        var options = ClientOptions.of(account, gateways, owner::userSig, listener)
                .withStore(store)
                .withInitialHistory(ALL_HISTORY);
        recorder.record(at -> new Event.Started(at, name));
        witness = listener;
        client = MagpieClient.start(options);
        return this;
    }

    /** Closes the app without logging out. What the device remembers stays. */
    public void goesOffline() {
        client().close();
        // What the app shows later must not mix with what it shows when it is open again.
        Objects.requireNonNull(witness).awaitEnd(Await.PATIENCE);
        recorder.record(at -> new Event.Stopped(at, name));
    }

    /** Logs out, then closes the app. */
    public void logsOut() {
        get(client().logout());
        goesOffline();
    }

    /** Says something and returns when it is acknowledged. */
    public SentMessage says(Person to, String text) {
        return get(sends(to, text));
    }

    /** Says something; completes when it is acknowledged. */
    public CompletableFuture<SentMessage> sends(Person to, String text) {
        var conversation = owner.meets(to);
        var operation = recorder.invoked(name, new Operation.Send(conversation, text));
        return client().sendText(conversation, text)
                .whenComplete((sent, why) -> recorder.completed(operation, Records.outcome(sent, why)));
    }

    /** Has read everything that it has of a conversation. */
    public void readsAllOf(Person other) {
        var conversation = owner.meets(other);
        var last = ears.timeline(conversation).all().getLast().getSequence();
        recorder.invoked(name, new Operation.Read(conversation, last));
        client().read(conversation, last);
    }

    /** Returns what the server keeps of a conversation, from its first message on. */
    public List<ChatMessage> history(Person other) {
        return get(client().history(owner.conversationWith(other), 0, 0));
    }

    /** Returns what the server keeps of a conversation, in the words of a history. */
    public List<Entry> entries(Person other) {
        return Records.entries(history(other));
    }

    /** Returns whether the device has just these entries of a conversation, and has shown the messages among them. */
    public boolean hasAll(List<Entry> entries, Person other) {
        var messages =
                entries.stream().filter(entry -> entry.body().isMessage()).count();
        return timeline(other).size() >= messages
                && Records.entries(remembered(other)).equals(entries);
    }

    /** Writes down what the server and the device itself have of a conversation by now. */
    public void looksBack(Person other) {
        var conversation = owner.conversationWith(other);
        var stored = entries(other);
        var kept = Records.entries(remembered(other));
        recorder.record(at -> new Event.Stored(at, name, conversation, stored));
        recorder.record(at -> new Event.Kept(at, name, conversation, kept));
    }

    /** Returns what the device has shown of a conversation, in the order in which it did. */
    public List<ChatMessage> timeline(Person other) {
        return ears.timeline(owner.conversationWith(other)).all();
    }

    /** Returns what the device remembers of a conversation, changes among it, in the state that it has by now. */
    public List<ChatMessage> remembered(Person other) {
        return store.messages(owner.conversationWith(other), 0, Long.MAX_VALUE);
    }

    /** Returns a group as this device sees it. */
    public InGroup in(String groupId) {
        return new InGroup(this, ears, store, groupId);
    }

    /** Waits until the device has a message of a conversation in some state. */
    public void awaitState(Person other, long sequence, String what, Predicate<ChatMessage> state) {
        Await.until(
                "%s had #%d with %s %s".formatted(this, sequence, other, what),
                () -> remembered(other).stream()
                        .anyMatch(message -> message.getSequence() == sequence && state.test(message)));
    }

    /** Waits until the device has these settings of a conversation. */
    public void awaitSettings(Person other, PersonalSettings settings) {
        Await.until(
                "%s had these settings of the conversation with %s: %s".formatted(this, other, settings),
                () -> store.settings(owner.conversationWith(other)).equals(settings));
    }

    /** Waits until the device has shown that somebody is writing. Returns whom it has shown so far. */
    public List<String> awaitTyping(Person by) {
        ears.typing().await(by + " was writing", typing -> typing.contains(by.userId()));
        return ears.typing().all();
    }

    /** Waits until the device has heard that this has become of somebody's request to be let into a group. */
    public void awaitJoinRequest(Person by, String groupId, JoinRequestState state) {
        ears.joinRequests()
                .await(
                        "%s was %s in %s".formatted(by, state, groupId),
                        heard -> heard.stream()
                                .anyMatch(request -> request.getGroupId().equals(groupId)
                                        && request.getUserId().equals(by.userId())
                                        && request.getState() == state));
    }

    /** Returns what the server refuses something with. */
    public ErrorCode refusal(Function<MagpieClient, CompletableFuture<?>> something) {
        try {
            var done = get(something.apply(client()));
            throw new AssertionError("it was not refused: " + done);
        } catch (RequestFailedException e) {
            return e.code();
        }
    }

    /** Waits until the device has shown so many messages of a conversation. */
    public void awaitMessages(Person other, int count) {
        ears.timeline(owner.conversationWith(other))
                .await(count + " messages were there", messages -> messages.size() >= count);
    }

    /** Waits until these are the last texts of a conversation. */
    public void awaitTexts(Person other, String... texts) {
        var expected = List.of(texts);
        ears.timeline(owner.conversationWith(other))
                .await(
                        "the last texts were " + expected,
                        messages -> messages.size() >= expected.size()
                                && Texts.of(messages.subList(messages.size() - expected.size(), messages.size()))
                                        .equals(expected));
    }

    /** Waits for a receipt by somebody about the conversation with them. */
    public void awaitReceipt(String what, Person by, Predicate<Receipt> condition) {
        var conversation = owner.conversationWith(by);
        awaitReceipt(
                what,
                receipt -> receipt.getConversationId().equals(conversation)
                        && receipt.getUserId().equals(by.userId())
                        && condition.test(receipt));
    }

    /** Waits for any receipt. */
    public void awaitReceipt(String what, Predicate<Receipt> condition) {
        ears.receipts().await(what, receipts -> receipts.stream().anyMatch(condition));
    }

    /** Waits until the server has ended this device's session. */
    public KickReason awaitKick() {
        return awaitKicked().getReason();
    }

    /** Waits until the server has ended this device's session, and returns all that it says about it. */
    public Kicked awaitKicked() {
        ears.kicks().await("it was kicked", kicks -> !kicks.isEmpty());
        return ears.kicks().all().getFirst();
    }

    /** Returns whether the server has ended this device's session. */
    public boolean isKicked() {
        return !ears.kicks().all().isEmpty();
    }

    /** Returns the gateway node that holds the connection; null while there is none. */
    public @Nullable String node() {
        return client().node();
    }

    /** Returns how often it has come online. */
    public int connections() {
        return ears.connections();
    }

    /** Waits until the device has come online so often. */
    public void awaitConnections(int times) {
        Await.until("%s was online %d times".formatted(this, times), () -> connections() >= times);
    }

    /** Returns the client, for what a story seldom does. */
    public MagpieClient client() {
        return Objects.requireNonNull(client, "the device was never on");
    }

    public Person owner() {
        return owner;
    }

    static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException why) {
                throw why;
            }
            throw new AssertionError(e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + Await.PATIENCE.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
    }

    @Override
    public String toString() {
        return owner + "/" + id;
    }
}
