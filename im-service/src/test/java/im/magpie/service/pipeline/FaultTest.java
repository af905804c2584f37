package im.magpie.service.pipeline;

import static im.magpie.service.pipeline.World.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckItem;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.common.rpc.SubmitOutcome.State;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.epoch.Partition;
import im.magpie.service.testing.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.RMap;
import org.redisson.client.codec.ByteArrayCodec;

/** Faults of ours in one message or one conversation. */
class FaultTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final ConversationKey SICK = new ConversationKey("app", "private_alice_carol");
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_dave");
    private static final SubmitProperties PROPERTIES = new SubmitProperties(World.LONG, World.LONG, 4, 100);

    private World world;

    @BeforeEach
    void world() {
        world = new World(redis.client(), PROPERTIES);
    }

    @AfterEach
    void close() throws InterruptedException {
        world.close();
    }

    @Test
    void aConversationThatCannotBeReadIsItsOwnMessagesFaultOnly() {
        sicken();

        var outcomes =
                world.submission.submit(List.of(offer(TALK), offer(SICK), offer(OTHER), offer(SICK), offer(TALK)));

        assertThat(outcomes)
                .extracting(Object::getClass)
                .containsExactly(
                        Outcome.Settled.class,
                        Outcome.Unknown.class,
                        Outcome.Settled.class,
                        Outcome.Unknown.class,
                        Outcome.Settled.class);
        assertThat(world.head().sequence()).isEqualTo(2);
    }

    @Test
    void whatFollowsAFaultyMessageOfItsSenderIsNotTakenOnAndEverybodyElsesIs() {
        var tooLong = new Origin("n".repeat(300), 7);
        var faulty = from(tooLong);
        var behind = from(tooLong);

        var outcomes = world.submission.submit(List.of(offer(TALK), faulty, offer(TALK), behind, offer(OTHER)));

        assertThat(outcomes.get(1)).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcomes.get(3)).isInstanceOf(Outcome.Unknown.class);
        assertThat(List.of(outcomes.get(0), outcomes.get(2), outcomes.get(4)))
                .hasOnlyElementsOfType(Outcome.Settled.class);
        assertThat(world.head().sequence()).isEqualTo(2);
    }

    @Test
    void gatewaysAreToldOfEachMessageHowItWent() {
        sicken();
        var messages = new MessagesProvider(
                FaultTest::sickCheck,
                ChecksTest.UNLIMITED,
                world.changes,
                world.submission,
                PROPERTIES,
                new SimpleMeterRegistry());
        var batch = SubmitBatch.newBuilder().addItems(item(SICK)).addItems(item(TALK));

        assertThat(messages.submit(batch.build()).getOutcomesList())
                .extracting(SubmitOutcome::getState)
                .containsExactly(State.UNKNOWN, State.SETTLED);
        var checks = CheckBatch.newBuilder()
                .addItems(CheckItem.newBuilder().setConversationId(TALK.conversationId()))
                .addItems(CheckItem.newBuilder().setConversationId(SICK.conversationId()))
                .addItems(CheckItem.newBuilder().setConversationId(OTHER.conversationId()));
        assertThat(messages.check(checks.build()).getOutcomesList())
                .extracting(CheckOutcome::getError)
                .containsExactly(ErrorCode.OK, ErrorCode.INTERNAL, ErrorCode.OK);
    }

    @Test
    void theSweeperSettlesTheOthers() throws Exception {
        world.accepted(offer(SICK));
        world.accepted(offer(TALK));
        var unreadable = world.accepted(offer(OTHER));
        sicken();
        partition("body").put(bytes(OTHER + ":1"), new byte[] {1});
        world.makeAllDue();

        for (var sweeps = 0; sweeps < 2; sweeps++) {
            world.sweeper.sweep();
        }

        assertThat(world.head().sequence()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(world.pending().readAll())
                .containsExactlyInAnyOrder(
                        SICK + ":1", OTHER + ":" + unreadable.position().sequence()));
    }

    private static List<CheckOutcome> sickCheck(List<CheckItem> items) {
        return items.stream()
                .map(item -> {
                    if (item.getConversationId().equals(SICK.conversationId())) {
                        throw new IllegalStateException("sick");
                    }
                    return CheckOutcome.getDefaultInstance();
                })
                .toList();
    }

    /** Puts a head into Redis that no script can read. */
    private void sicken() {
        partition("head").put(bytes(SICK.toString()), new byte[] {1});
    }

    private RMap<byte[], byte[]> partition(String name) {
        return redis.client().getMap(Partition.ofConversations(0).key(world.epoch(), name), ByteArrayCodec.INSTANCE);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Offer offer(ConversationKey conversation) {
        return World.offer(conversation, UuidV7.next(System::currentTimeMillis));
    }

    private static Offer from(Origin origin) {
        var offer = offer(TALK);
        return new Offer(offer.key(), offer.content(), 0, origin, offer.admission());
    }

    private static SubmitItem item(ConversationKey conversation) {
        var offer = offer(conversation);
        return SubmitItem.newBuilder()
                .setAppId("app")
                .setSenderId("alice")
                .setConversationId(conversation.conversationId())
                .setClientMessageId(offer.key().clientMessageId())
                .setContent(offer.content())
                .build();
    }
}
