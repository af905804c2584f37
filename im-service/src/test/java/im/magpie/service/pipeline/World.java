package im.magpie.service.pipeline;

import com.github.benmanes.caffeine.cache.Ticker;
import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.partition.Partitions;
import im.magpie.common.tracing.Tracing;
import im.magpie.service.broker.BrokerProperties;
import im.magpie.service.broker.StoreBarriers;
import im.magpie.service.broker.StorePublisher;
import im.magpie.service.change.ChangeCheck;
import im.magpie.service.change.ChangeSettings;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.ConversationSettings;
import im.magpie.service.conversation.Head;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.enrolment.NodesWithMembers;
import im.magpie.service.epoch.EpochOpener;
import im.magpie.service.epoch.EpochSettings;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.OldEpochs;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.IdleUsers;
import im.magpie.service.index.Touch;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Audiences;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.push.PushProperties;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.rate.MentionRateSettings;
import im.magpie.service.rate.MentionRates;
import im.magpie.service.redis.RedisScripts;
import im.magpie.service.testing.MemoryEpochRows;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.timeline.MessageReader;
import im.magpie.service.timeline.StoredRanges;
import im.magpie.service.watermark.Watermarks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.unit.DataSize;

/** The whole pipeline over a real Redis and a real broker, with a store in memory behind the broker. One partition of each kind. */
public final class World implements AutoCloseable {

    static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    static final Duration LONG = Duration.ofSeconds(20);
    static final Duration SHORT = Duration.ofMillis(400);

    /** How often somebody may call everybody in a group in a minute. */
    public static final int CALLS = 2;

    private static final Duration INTERVAL = Duration.ofMillis(20);
    private static final String ALICES_NODE = "node-a";
    static final Origin ALICES_PHONE = new Origin(ALICES_NODE, 7);
    public static final Partitions PARTITIONS = new Partitions(1, 1, 1);

    final TestBroker broker = TestBroker.shared();
    public final MemoryStore store = new MemoryStore();
    final BlockingQueue<Collection<DeviceRoute>> lost = new LinkedBlockingQueue<>();
    public final StorePublisher publisher;
    final StoreQueueReader reader;
    public final ConversationLog log;
    private final Finishing finishing;
    final Settlement settlement;
    public final Submission submission;
    public final MessageReader messages;
    public final PartitionScripts scripts;
    public final UserIndexes indexes;
    public final Watermarks watermarks;
    public final ChangeCheck changes;
    final Sweeper sweeper;
    final Housekeeping housekeeping;

    static {
        Awaitility.setDefaultTimeout(LONG);
    }

    private final RedissonClient redis;
    private final CachingConnectionFactory storeConnections = broker.confirmed();
    private final CachingConnectionFactory otherConnections = broker.unconfirmed();
    private final RabbitAdmin admin = new RabbitAdmin(otherConnections);
    private final Epochs epochs;
    public final PushPublisher pushes;

    public World(RedissonClient redis) {
        this(redis, LONG);
    }

    /** @param patience of every call */
    World(RedissonClient redis, Duration patience) {
        this(redis, new SubmitProperties(patience, patience, 2, 32_768));
    }

    World(RedissonClient redis, SubmitProperties properties) {
        this(redis, properties, TestGroups.none());
    }

    World(RedissonClient redis, SubmitProperties properties, TestGroups groups) {
        this(redis, properties, groups, noMemberships());
    }

    /** A world in which there are groups. */
    public World(RedissonClient redis, TestDatabase database, Duration patience) {
        this(
                redis,
                new SubmitProperties(patience, patience, 8, 65_536),
                TestGroups.in(database),
                database.mapper(MembershipMapper.class));
    }

    private World(RedissonClient redis, SubmitProperties properties, TestGroups groups, MembershipMapper memberships) {
        this.redis = redis;
        openStoreQueue();
        broker.declarePushQueue(admin, ALICES_NODE);
        broker.declarePushQueue(admin, "node-b");
        publisher = new StorePublisher(
                storeConnections,
                PARTITIONS,
                new BrokerProperties(Duration.ofSeconds(2), DataSize.ofMegabytes(1), 4),
                new SimpleMeterRegistry());
        reader = new StoreQueueReader(otherConnections, store);
        var redisScripts = new RedisScripts(redis, new SimpleMeterRegistry());
        epochs = new Epochs(new EpochOpener(
                redisScripts,
                new MemoryEpochRows(),
                store,
                new StoreBarriers(publisher),
                new EpochSettings(null, Duration.ZERO, LONG))::open);
        scripts = new PartitionScripts(redisScripts, epochs);
        indexes = new UserIndexes(scripts, PARTITIONS, memberships);
        watermarks = new Watermarks(scripts, PARTITIONS, memberships);
        var audiences = groups.audiences();
        log = new ConversationLog(
                PARTITIONS,
                epochs,
                scripts,
                store,
                (epoch, shapes) -> {
                    groups.storedEvents(store).place(epoch, shapes);
                    indexes.raise(touches(audiences, shapes));
                },
                new ConversationSettings(50_000));
        pushes = new PushPublisher(
                otherConnections,
                new PushProperties(1_000, DataSize.ofKilobytes(512)),
                lost::add,
                new SimpleMeterRegistry());
        messages = new MessageReader(log, new StoredRanges(store), _ -> 0);
        changes = new ChangeCheck(
                log,
                messages,
                groups.ranks(),
                new MentionRates(() -> new MentionRateSettings(CALLS), Ticker.systemTicker()),
                redisScripts::timeMillis,
                () -> new ChangeSettings(LONG, LONG));
        var traces = new MessageTraces(Tracing.off());
        finishing = new Finishing(log);
        settlement = new Settlement(
                publisher,
                log,
                groups.places(),
                audiences,
                indexes,
                watermarks,
                new NodesWithMembers(scripts, PARTITIONS),
                pushes,
                finishing,
                properties,
                traces);
        submission = new Submission(log, settlement, groups.standings(), properties, traces);
        housekeeping = new Housekeeping(
                log, new OldEpochs(redis, scripts, epochs), new IdleUsers(scripts, Duration.ZERO), PARTITIONS);
        sweeper = new Sweeper(
                log,
                settlement,
                publisher,
                PARTITIONS,
                properties,
                new SweepProperties(INTERVAL, 2, 4, INTERVAL),
                new SimpleMeterRegistry());
    }

    private static MembershipMapper noMemberships() {
        return (MembershipMapper) Proxy.newProxyInstance(
                World.class.getClassLoader(), new Class<?>[] {MembershipMapper.class}, (_, method, _) -> {
                    throw new AssertionError("nothing here reads " + method);
                });
    }

    private static List<Touch> touches(Audiences audiences, Map<ConversationKey, Long> shapes) {
        List<Touch> touches = new ArrayList<>();
        shapes.forEach((key, shape) ->
                audiences.of(key, shape).forEach(user -> touches.add(new Touch(user, key.conversationId()))));
        return touches;
    }

    /** Lets what is published reach the store queue. */
    public void openStoreQueue() {
        broker.declareStoreQueue(admin, 0);
    }

    /** Lets nothing that is published reach the store queue, which makes every publishing fail. */
    public void cutStoreQueue() {
        broker.cutStoreQueue(admin, 0);
    }

    Offer offer() {
        return offer(TALK, UuidV7.next(System::currentTimeMillis));
    }

    static Offer offer(ConversationKey conversation, UUID id) {
        var content =
                MessageContent.newBuilder().setText(TextContent.newBuilder().setText("hello " + id));
        return new Offer(
                new MessageKey(conversation, "alice", ByteString.copyFrom(UuidV7.toBytes(id))),
                content.build().toByteString(),
                0,
                ALICES_PHONE,
                Admission.BOUNDED);
    }

    List<Offer> offers(int count) {
        List<Offer> offers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            offers.add(offer());
        }
        return offers;
    }

    Outcome submit(Offer offer) {
        return submission.submit(List.of(offer)).getFirst();
    }

    CompletableFuture<Outcome> submitting(Offer offer) {
        return CompletableFuture.supplyAsync(
                () -> submit(offer), command -> Thread.ofVirtual().start(command));
    }

    /** Accepts a message, and nothing more, as a server does that dies then. */
    PendingMessage accepted(Offer offer) {
        var acceptance = (Acceptance.Accepted) log.accept(List.of(offer)).getFirst();
        return new PendingMessage(offer.toMessage(acceptance), offer.origin());
    }

    /** Connects a device of a user to node-a or node-b. */
    public void connect(String user, String incarnation, long connection) {
        var name = Partition.ofUsers(0).key(epochs.current(Partition.ofUsers(0)), "session");
        var device = "5/device-" + connection;
        var sessions = redis.<String, String>getMap(name, StringCodec.INSTANCE);
        var others = sessions.getOrDefault("app/" + user, "")
                .lines()
                .filter(line -> !line.startsWith(device + " "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        sessions.put("app/" + user, others + "%s %s %d 1\n".formatted(device, incarnation, connection));
    }

    Head head() {
        return Objects.requireNonNull(log.heads(List.of(TALK)).get(TALK));
    }

    /** Returns whether a user's index shows the conversation. */
    boolean indexed(String user) {
        var name = Partition.ofUsers(0).key(epochs.current(Partition.ofUsers(0)), "index:app/" + user);
        return redis.getScoredSortedSet(name, StringCodec.INSTANCE).contains(TALK.conversationId());
    }

    RScoredSortedSet<String> pending() {
        return redis.getScoredSortedSet(Partition.ofConversations(0).key(epoch(), "pending"), StringCodec.INSTANCE);
    }

    long epoch() {
        return epochs.current(Partition.ofConversations(0));
    }

    /** Lets every pending message be due, whatever its age. */
    void makeAllDue() {
        pending().readAll().forEach(member -> pending().add(0, member));
    }

    /** Returns what is stored of the conversation. */
    List<AcceptedMessage> rows() {
        return List.copyOf(store.rows(TALK.appId(), TALK.conversationId()).values());
    }

    /** Waits for the next envelope of a node and returns its items. */
    public List<PushItem> pushed(String incarnation) throws Exception {
        var message = new RabbitTemplate(otherConnections).receive(BrokerNames.pushQueue(incarnation), 20_000);
        return PushEnvelope.parseFrom(Objects.requireNonNull(message).getBody()).getItemsList();
    }

    long pushesWaiting(String incarnation) {
        return Objects.requireNonNull(admin.getQueueInfo(BrokerNames.pushQueue(incarnation)))
                .getMessageCount();
    }

    @Override
    public void close() throws InterruptedException {
        finishing.close();
        reader.close();
        pushes.close();
        publisher.close();
        admin.deleteQueue(BrokerNames.storeQueue(0));
        admin.deleteQueue(BrokerNames.pushQueue(ALICES_NODE));
        admin.deleteQueue(BrokerNames.pushQueue("node-b"));
        storeConnections.destroy();
        otherConnections.destroy();
    }
}
