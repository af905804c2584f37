package im.magpie.service.benchmark;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.TextContent;
import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.ConversationSettings;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.conversation.Position;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of 100 bytes in 512 conversations of one partition. After each round, and outside of what is measured, they are settled and
 * committed, so that no more is under way than in a system that works.
 */
final class AcceptLoad implements Load {

    private static final int ROUND = 2048;
    private static final int CONVERSATIONS = 512;
    private static final int PARTITION = 0;
    private static final ByteString CONTENT = MessageContent.newBuilder()
            .setText(TextContent.newBuilder().setText("x".repeat(100)))
            .build()
            .toByteString();

    private final TestRedis redis;
    private final RedisMeter meter;
    private final ConversationLog log;
    private final int batch;
    private final int together;
    private int next;

    /**
     * A load that is sent in calls of one size.
     *
     * @param batch how many messages go in one call; a divisor of 2,048
     * @param together how many messages of a conversation follow each other before the next one has its turn
     */
    AcceptLoad(TestRedis redis, int batch, int together) {
        this.redis = redis;
        this.meter = new RedisMeter(redis.client());
        this.log = log(redis);
        this.batch = batch;
        this.together = together;
    }

    private static ConversationLog log(TestRedis redis) {
        var store = new MemoryStore();
        var epochs = TestEpochs.over(redis.scripts(), store);
        return new ConversationLog(
                new Partitions(1, 1, 1),
                epochs,
                new PartitionScripts(redis.scripts(), epochs),
                store,
                (_, _) -> {},
                new ConversationSettings(50_000));
    }

    @Override
    public String name() {
        return together == 1
                ? "accept, each of another conversation"
                : "accept, %d of each conversation".formatted(together);
    }

    @Override
    public int batch() {
        return batch;
    }

    @Override
    public Cost run(int messages) {
        var cost = Cost.NONE;
        while (cost.messages() < messages) {
            cost = cost.plus(round());
        }
        return cost;
    }

    private Cost round() {
        var offers = offers();
        var acceptances = new ArrayList<Acceptance>(ROUND);
        var cost = meter.of(ROUND, () -> {
            for (var from = 0; from < ROUND; from += batch) {
                acceptances.addAll(log.accept(offers.subList(from, from + batch)));
            }
        });
        commit(offers, acceptances);
        return cost;
    }

    private List<Offer> offers() {
        var now = redis.scripts().timeMillis();
        var offers = new ArrayList<Offer>(ROUND);
        for (var i = 0; i < ROUND; i++) {
            offers.add(offer(next / together % CONVERSATIONS, now));
            next++;
        }
        return offers;
    }

    private static Offer offer(int pair, long now) {
        var conversation = new ConversationKey("demo", "private_alice%d_bob%d".formatted(pair, pair));
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(() -> now)));
        return new Offer(
                new MessageKey(conversation, "alice" + pair, id),
                CONTENT,
                0,
                new Origin("node-1", pair),
                Admission.BOUNDED);
    }

    private void commit(List<Offer> offers, List<Acceptance> acceptances) {
        var positions = new ArrayList<Position>(ROUND);
        var epoch = 0L;
        for (var i = 0; i < ROUND; i++) {
            if (!(acceptances.get(i) instanceof Acceptance.Accepted place)) {
                throw new IllegalStateException("a message was not accepted: " + acceptances.get(i));
            }
            positions.add(new Position(offers.get(i).conversation(), place.sequence(), place.ordinal()));
            epoch = place.epoch();
        }
        log.confirm(PARTITION, epoch, positions);
        log.finish(PARTITION, epoch, positions);
        log.committed(PARTITION, epoch, positions);
    }
}
