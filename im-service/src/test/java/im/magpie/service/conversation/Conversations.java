package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.partition.Partitions;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.Partition;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.redisson.api.RMap;
import org.redisson.api.RScoredSortedSet;
import org.redisson.client.codec.ByteArrayCodec;
import org.redisson.client.codec.StringCodec;

/** One partition of conversations in a real Redis, with a store in memory, and what tests do with them. */
final class Conversations {

    static final Partition PARTITION = Partition.ofConversations(0);
    static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");

    private static final int UNCOMMITTED_AT = 32;
    private static final int LAST_TIME_AT = 48;
    private static final int USED_AT = 56;

    final TestRedis redis;
    final MemoryStore store = new MemoryStore();
    final List<ConversationKey> raised = new ArrayList<>();
    final Epochs epochs;
    final PartitionScripts scripts;
    final ConversationLog log;

    Conversations(TestRedis redis) {
        this(redis, 50_000);
    }

    Conversations(TestRedis redis, int maxUncommitted) {
        this.redis = redis;
        this.epochs = TestEpochs.over(redis.scripts(), store);
        this.scripts = new PartitionScripts(redis.scripts(), epochs);
        this.log = new ConversationLog(
                new Partitions(1, 1, 1),
                epochs,
                scripts,
                store,
                (_, shapes) -> raised.addAll(shapes.keySet()),
                new ConversationSettings(maxUncommitted));
    }

    static Offer offer(ConversationKey conversation, String sender, UUID id) {
        return new Offer(
                new MessageKey(conversation, sender, ByteString.copyFrom(UuidV7.toBytes(id))),
                ByteString.copyFromUtf8("hello " + id),
                0,
                new Origin("node-1", 7),
                Admission.BOUNDED);
    }

    static Offer offer(UUID id) {
        return offer(TALK, "alice", id);
    }

    /** Returns an id of now plus this many milliseconds. */
    UUID id(long shift) {
        return UuidV7.next(() -> now() + shift);
    }

    long now() {
        return redis.scripts().timeMillis();
    }

    /** Returns the place of what was accepted, now or before. */
    static long sequence(Acceptance acceptance) {
        return switch (acceptance) {
            case Acceptance.Accepted accepted -> accepted.sequence();
            case Acceptance.Duplicate duplicate -> duplicate.sequence();
            default -> throw new AssertionError(acceptance);
        };
    }

    Acceptance accept(Offer offer) {
        return log.accept(List.of(offer)).getFirst();
    }

    /** Accepts new messages of alice. */
    List<AcceptedMessage> accepted(ConversationKey conversation, int count) {
        var offers = new ArrayList<Offer>();
        for (var i = 0; i < count; i++) {
            offers.add(offer(conversation, "alice", id(0)));
        }
        var acceptances = log.accept(offers);
        var messages = new ArrayList<AcceptedMessage>();
        for (var i = 0; i < count; i++) {
            messages.add(offers.get(i).toMessage((Acceptance.Accepted) acceptances.get(i)));
        }
        return messages;
    }

    List<AcceptedMessage> accepted(int count) {
        return accepted(TALK, count);
    }

    /** Accepts a change of the message at a sequence. */
    AcceptedMessage change(long target) {
        var plain = offer(id(0));
        var offer = new Offer(
                plain.key(),
                plain.content(),
                target,
                List.of(),
                plain.shapeVersion(),
                plain.origin(),
                plain.admission(),
                ByteString.EMPTY);
        return offer.toMessage((Acceptance.Accepted) accept(offer));
    }

    /** Returns how many changes there are that the store may not have made. */
    int changes() {
        return redis.client()
                .getScoredSortedSet(PARTITION.key(epoch(), "changes"), ByteArrayCodec.INSTANCE)
                .size();
    }

    List<Confirmation> confirm(List<AcceptedMessage> messages) {
        return log.confirm(0, epoch(), positions(messages));
    }

    void finish(List<AcceptedMessage> messages) {
        log.finish(0, epoch(), positions(messages));
    }

    void settle(List<AcceptedMessage> messages) {
        confirm(messages);
        finish(messages);
    }

    void commit(List<AcceptedMessage> messages) {
        messages.forEach(store::store);
        log.committed(0, epoch(), positions(messages));
    }

    static List<Position> positions(List<AcceptedMessage> messages) {
        return messages.stream()
                .map(message -> new PendingMessage(message, Origin.NONE).position())
                .toList();
    }

    /** Returns a row as the store would have it from an epoch gone by. */
    AcceptedMessage stored(ConversationKey conversation, UUID id, long sequence, long time) {
        var row =
                offer(conversation, "alice", id).toMessage(new Acceptance.Accepted(epoch(), sequence, sequence, time));
        store.store(row);
        return row;
    }

    long epoch() {
        return epochs.current(PARTITION);
    }

    /** Returns a hash of the current epoch. */
    Map<String, byte[]> hash(String name) {
        var result = new TreeMap<String, byte[]>();
        bytes(name)
                .readAllMap()
                .forEach((field, value) -> result.put(new String(field, StandardCharsets.UTF_8), value));
        return result;
    }

    /** Returns a hash of the current epoch that holds text. */
    RMap<String, String> text(String name) {
        return redis.client().getMap(PARTITION.key(epoch(), name), StringCodec.INSTANCE);
    }

    /** Returns the pending records and their due times. */
    RScoredSortedSet<String> pending() {
        return redis.client().getScoredSortedSet(PARTITION.key(epoch(), "pending"), StringCodec.INSTANCE);
    }

    /** What holds between any two scripts: what is under way has its body, and the counters are true. */
    void assertConsistent() {
        var bodies = hash("body").keySet();
        assertThat(bodies).containsAll(pending().readAll());
        var uncommitted = text("uncommitted").readAllMap();
        assertThat(bodies).containsAll(uncommitted.keySet());
        var perBucket = text("buckets").readAllValues().stream().mapToInt(Integer::parseInt);
        assertThat(perBucket.sum()).isEqualTo(uncommitted.size());
        hash("head")
                .forEach((conversation, head) -> assertThat(
                                ByteBuffer.wrap(head).getLong(UNCOMMITTED_AT))
                        .isEqualTo(uncommitted.keySet().stream()
                                .filter(member -> member.startsWith(conversation + ":"))
                                .count()));
    }

    /** Makes a conversation look as if nobody had used it for this long. */
    void age(ConversationKey conversation, Duration age) {
        change("head", conversation.field(), head -> {
            head.putLong(LAST_TIME_AT, head.getLong(LAST_TIME_AT) - age.toMillis());
            head.putLong(USED_AT, head.getLong(USED_AT) - age.toMillis());
        });
    }

    /** Changes a value of a hash of the current epoch in its place. */
    void change(String name, String field, Consumer<ByteBuffer> change) {
        var key = field.getBytes(StandardCharsets.UTF_8);
        var value = bytes(name).get(key);
        change.accept(ByteBuffer.wrap(value));
        bytes(name).put(key, value);
    }

    private RMap<byte[], byte[]> bytes(String name) {
        return redis.client().getMap(PARTITION.key(epoch(), name), ByteArrayCodec.INSTANCE);
    }
}
