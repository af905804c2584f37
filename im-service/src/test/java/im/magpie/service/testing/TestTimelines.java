package im.magpie.service.testing;

import com.google.protobuf.ByteString;
import im.magpie.codec.content.Contents;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.partition.Partitions;
import im.magpie.service.conversation.Acceptance;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.ConversationLog;
import im.magpie.service.conversation.ConversationSettings;
import im.magpie.service.conversation.MessageKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.conversation.PendingMessage;
import im.magpie.service.conversation.Position;
import im.magpie.service.conversation.Preparation;
import im.magpie.service.epoch.Epochs;
import im.magpie.service.epoch.PartitionScripts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Conversations with messages in them, over a real Redis and a store in memory. One partition of each kind. */
public final class TestTimelines {

    public static final Partitions PARTITIONS = new Partitions(1, 1, 1);

    private final TestRedis redis;
    private final Preparation preparation;
    private final MemoryStore store = new MemoryStore();
    private final Epochs epochs;
    private final PartitionScripts scripts;
    private final ConversationLog log;

    /** @param preparation is told of conversations when something in them is settled, or when they are loaded */
    public TestTimelines(TestRedis redis, Preparation preparation) {
        this.redis = redis;
        this.preparation = preparation;
        this.epochs = TestEpochs.over(redis.scripts(), store);
        this.scripts = new PartitionScripts(redis.scripts(), epochs);
        this.log =
                new ConversationLog(PARTITIONS, epochs, scripts, store, preparation, new ConversationSettings(50_000));
    }

    public ConversationLog log() {
        return log;
    }

    public MemoryStore store() {
        return store;
    }

    public Epochs epochs() {
        return epochs;
    }

    public PartitionScripts scripts() {
        return scripts;
    }

    /** Accepts messages of alice, which nobody can read yet. */
    public List<AcceptedMessage> accept(ConversationKey conversation, int count) {
        return accept(conversation, count, "hello");
    }

    /** The same with any text. */
    public List<AcceptedMessage> accept(ConversationKey conversation, int count, String text) {
        var content = Contents.text(text);
        return accept(Stream.generate(() -> offer(conversation, "alice", content))
                .limit(count)
                .toList());
    }

    /** Accepts one message, a change or not, which nobody can read yet. */
    public AcceptedMessage accept(ConversationKey conversation, String senderId, MessageContent content) {
        return accept(List.of(offer(conversation, senderId, content))).getFirst();
    }

    /** Returns a new message. */
    public Offer offer(ConversationKey conversation, String senderId, MessageContent content) {
        var id = ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(redis.scripts()::timeMillis)));
        return new Offer(
                new MessageKey(conversation, senderId, id),
                content.toByteString(),
                Contents.target(content),
                content.getMentionedUserIdsList(),
                0,
                Origin.NONE,
                Admission.BOUNDED,
                ByteString.EMPTY);
    }

    /** Accepts messages that are new. */
    public List<AcceptedMessage> accept(List<Offer> offers) {
        var messages = new ArrayList<AcceptedMessage>();
        var acceptances = log.accept(offers);
        for (var i = 0; i < offers.size(); i++) {
            messages.add(offers.get(i).toMessage((Acceptance.Accepted) acceptances.get(i)));
        }
        return messages;
    }

    /** Makes accepted messages readable. */
    public void settle(List<AcceptedMessage> messages) {
        var epoch = messages.getFirst().getEpoch();
        log.confirm(0, epoch, positions(messages));
        preparation.prepare(
                epoch,
                positions(messages).stream()
                        .map(Position::conversation)
                        .distinct()
                        .collect(Collectors.toMap(conversation -> conversation, _ -> 0L)));
        log.finish(0, epoch, positions(messages));
    }

    /** Stores messages for good. */
    public void commit(List<AcceptedMessage> messages) {
        messages.forEach(store::store);
        log.committed(0, messages.getFirst().getEpoch(), positions(messages));
    }

    private static List<Position> positions(List<AcceptedMessage> messages) {
        return messages.stream()
                .map(message -> new PendingMessage(message, Origin.NONE).position())
                .toList();
    }
}
