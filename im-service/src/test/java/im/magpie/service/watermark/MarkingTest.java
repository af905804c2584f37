package im.magpie.service.watermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.IndexVersion;
import im.magpie.codec.protocol.Receipt;
import im.magpie.codec.protocol.ReceiptPush;
import im.magpie.common.broker.BrokerNames;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.broker.PushItem;
import im.magpie.common.rpc.Mark;
import im.magpie.common.rpc.MarkOutcome;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.epoch.Partition;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.Member;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.push.PushProperties;
import im.magpie.service.push.PushPublisher;
import im.magpie.service.testing.TestBroker;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestTimelines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.client.codec.StringCodec;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.util.unit.DataSize;

class MarkingTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final UserKey BOB = new UserKey("app", "bob");
    private static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    private static final String NODE = "marking-node";
    private static final long ALICES_PHONE = 1;
    private static final long BOBS_PHONE = 2;
    private static final long BOBS_LAPTOP = 3;

    private final MembershipMapper memberships = database.mapper(MembershipMapper.class);
    private final TestTimelines timelines = new TestTimelines(redis, (_, _) -> {});
    private final UserIndexes indexes = new UserIndexes(timelines.scripts(), TestTimelines.PARTITIONS, memberships);
    private final Watermarks watermarks = new Watermarks(timelines.scripts(), TestTimelines.PARTITIONS, memberships);
    private final CachingConnectionFactory connections = TestBroker.shared().unconfirmed();
    private final RabbitAdmin admin = new RabbitAdmin(connections);
    private final PushPublisher pushes = new PushPublisher(
            connections, new PushProperties(100, DataSize.ofKilobytes(512)), _ -> {}, new SimpleMeterRegistry());
    private final Marking marking =
            new Marking(timelines.log(), TestGroups.none().extents(), watermarks, indexes, pushes);

    @BeforeEach
    void aTalkOfFiveMessagesAndThreeDevices() {
        TestBroker.shared().declarePushQueue(admin, NODE);
        timelines.settle(timelines.accept(TALK, 5));
        connect("alice", ALICES_PHONE);
        connect("bob", BOBS_PHONE);
        connect("bob", BOBS_LAPTOP);
    }

    @AfterEach
    void close() {
        pushes.close();
        admin.deleteQueue(BrokerNames.pushQueue(NODE));
        connections.destroy();
    }

    @Test
    void whatIsDeliveredIsToldToThePeerAndTakesNoVersion() {
        var version = version(ALICE);

        assertThat(mark(bobs(4, 0))).containsExactly(MarkOutcome.getDefaultInstance());

        assertThat(watermark(BOB)).isEqualTo(new Watermark(4, 0, 0));
        var item = pushed();
        assertThat(item.getCommand()).isEqualTo(Command.RECEIPT_VALUE);
        assertThat(item.getConnectionIdsList()).containsExactly(ALICES_PHONE);
        assertThat(item.getConversationId()).as("nobody acknowledges a receipt").isEmpty();
        assertThat(receipts(item))
                .containsExactly(Receipt.newBuilder()
                        .setConversationId(TALK.conversationId())
                        .setUserId("bob")
                        .setDeliveredSequence(4)
                        .build());
        assertThat(version(ALICE)).isEqualTo(version);
        assertThat(version(BOB).getCounter()).isZero();
    }

    @Test
    void whatIsReadIsToldToBothAndRaisesBothIndexes() {
        mark(bobs(0, 3));

        assertThat(watermark(BOB)).isEqualTo(new Watermark(3, 3, 3));
        var item = pushed();
        assertThat(item.getConnectionIdsList()).containsExactlyInAnyOrder(ALICES_PHONE, BOBS_PHONE, BOBS_LAPTOP);
        assertThat(receipts(item))
                .containsExactly(Receipt.newBuilder()
                        .setConversationId(TALK.conversationId())
                        .setUserId("bob")
                        .setDeliveredSequence(3)
                        .setReadSequence(3)
                        .setReadOrdinal(3)
                        .build());
        assertThat(version(ALICE).getCounter()).isEqualTo(1);
        assertThat(version(BOB).getCounter()).isEqualTo(1);
    }

    @Test
    void aWatermarkNeverPassesWhatCanBeRead() {
        timelines.accept(TALK, 2);

        mark(bobs(Long.MAX_VALUE, 99));

        assertThat(watermark(BOB)).isEqualTo(new Watermark(5, 5, 5));
        mark(bobs(7, 7).toBuilder().setConversationId("private_bob_carol").build());
        assertThat(watermarks.of(List.of(new Member(BOB, "private_bob_carol"))).values())
                .containsExactly(Watermark.NONE);
    }

    @Test
    void theOrdinalOfWhatHasLeftTheWindowComesFromTheStore() {
        var more = timelines.accept(TALK, 300);
        timelines.settle(more);
        timelines.commit(more);
        redis.flush();

        mark(bobs(0, 17));

        assertThat(watermark(BOB)).isEqualTo(new Watermark(17, 17, 17));
    }

    @Test
    void whatIsKnownAlreadyIsNotToldAgain() {
        mark(bobs(4, 2));
        pushed();
        var version = version(ALICE);

        mark(bobs(3, 1));
        mark(bobs(4, 2));
        mark(bobs(5, 2));

        assertThat(receipts(pushed()))
                .extracting(Receipt::getDeliveredSequence)
                .as("the next receipt is of what rose")
                .containsExactly(5L);
        assertThat(watermark(BOB)).isEqualTo(new Watermark(5, 2, 2));
        assertThat(version(ALICE)).isEqualTo(version);
    }

    @Test
    void severalMarksForAConversationMakeOneReceipt() {
        mark(bobs(2, 0), bobs(4, 1), bobs(3, 3));

        assertThat(receipts(pushed()))
                .extracting(Receipt::getDeliveredSequence, Receipt::getReadSequence)
                .containsExactly(tuple(4L, 3L));
    }

    @Test
    void aMarkThatIsRefusedDoesNotKeepTheOthersFromBeingTaken() {
        var strange =
                bobs(1, 1).toBuilder().setConversationId("private_alice_carol").build();
        var nonsense = bobs(1, 1).toBuilder().setConversationId("private_bob").build();

        assertThat(mark(strange, bobs(5, 0), nonsense))
                .extracting(MarkOutcome::getError)
                .containsExactly(ErrorCode.NOT_A_PARTICIPANT, ErrorCode.OK, ErrorCode.INVALID_CONVERSATION);
        assertThat(watermark(BOB)).isEqualTo(new Watermark(5, 0, 0));
    }

    @Test
    void whatWasWrittenIsRememberedBeyondALossOfRedis() {
        mark(bobs(5, 4));
        pushed();
        new WatermarkWriter(timelines.scripts(), TestTimelines.PARTITIONS, memberships).write();
        timelines.accept(TALK, 1).forEach(timelines.store()::store);
        redis.flush();
        // In the epoch that this opens.
        assertThat(version(ALICE).getEpoch()).isEqualTo(2);
        connect("alice", ALICES_PHONE);

        mark(bobs(3, 2));
        mark(bobs(6, 0));

        assertThat(watermark(BOB)).isEqualTo(new Watermark(6, 4, 4));
        assertThat(receipts(pushed())).extracting(Receipt::getDeliveredSequence).containsExactly(6L);
    }

    private List<MarkOutcome> mark(Mark... marks) {
        return marking.mark(List.of(marks));
    }

    private static Mark bobs(long delivered, long read) {
        return Mark.newBuilder()
                .setSession(SessionRef.newBuilder().setAppId("app").setUserId("bob"))
                .setConversationId(TALK.conversationId())
                .setDeliveredSequence(delivered)
                .setReadSequence(read)
                .build();
    }

    private Watermark watermark(UserKey user) {
        var member = new Member(user, TALK.conversationId());
        return Objects.requireNonNull(watermarks.of(List.of(member)).get(member));
    }

    private IndexVersion version(UserKey user) {
        return indexes.page(user, IndexVersion.getDefaultInstance(), 10).version();
    }

    private void connect(String user, long connection) {
        var partition = Partition.ofUsers(0);
        var name = partition.key(timelines.epochs().current(partition), "session");
        var line = "5/device-%d %s %d 1\n".formatted(connection, NODE, connection);
        redis.client().<String, String>getMap(name, StringCodec.INSTANCE).merge("app/" + user, line, String::concat);
    }

    private PushItem pushed() {
        var message = new RabbitTemplate(connections).receive(BrokerNames.pushQueue(NODE), 20_000);
        try {
            var items = PushEnvelope.parseFrom(
                    Objects.requireNonNull(message, "a push").getBody());
            assertThat(items.getItemsCount()).isEqualTo(1);
            return items.getItems(0);
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Receipt> receipts(PushItem... items) {
        return Stream.of(items)
                .flatMap(item -> {
                    try {
                        return ReceiptPush.parseFrom(item.getBody()).getReceiptsList().stream();
                    } catch (InvalidProtocolBufferException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }
}
