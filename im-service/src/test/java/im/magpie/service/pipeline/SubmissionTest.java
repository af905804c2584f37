package im.magpie.service.pipeline;

import static im.magpie.service.pipeline.World.LONG;
import static im.magpie.service.pipeline.World.SHORT;
import static im.magpie.service.pipeline.World.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.StoreRecord;
import im.magpie.service.conversation.Offer;
import im.magpie.service.conversation.Origin;
import im.magpie.service.testing.RedisProcess;
import im.magpie.service.testing.TestRedis;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.redisnode.RedisNode.InfoSection;
import org.redisson.api.redisnode.RedisNodes;

class SubmissionTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private @Nullable World world;

    private World world(SubmitProperties properties) {
        world = new World(redis.client(), properties);
        return world;
    }

    private World world() {
        return world(new SubmitProperties(LONG, LONG, 16, 32_768));
    }

    private World impatientWorld() {
        return world(new SubmitProperties(SHORT, SHORT, 1, 32_768));
    }

    @AfterEach
    void close() throws InterruptedException {
        Objects.requireNonNull(world).close();
    }

    @Test
    void aBatchIsSettledInTheOrderOfItsOffers() {
        var world = world();

        var outcomes = world.submission.submit(world.offers(3));

        assertThat(outcomes).extracting(SubmissionTest::sequence).containsExactly(1L, 2L, 3L);
    }

    @Test
    void nobodySeesAMessageBeforeTheBrokerHasIt() throws Exception {
        var world = world();
        world.connect("bob", "node-b", 9);
        world.head();
        world.cutStoreQueue();

        var call = world.submitting(world.offer());
        await().until(() -> world.pending().size() == 1);

        assertThat(world.head().sequence()).isZero();
        assertThat(world.indexed("bob")).isFalse();
        assertThat(world.pushesWaiting("node-b")).isZero();
        assertThat(call).isNotDone();

        world.openStoreQueue();

        assertThat(sequence(call.get())).isEqualTo(1);
        assertThat(world.head().sequence()).isEqualTo(1);
        assertThat(world.indexed("bob")).isTrue();
        assertThat(world.indexed("alice")).isTrue();
        await().until(() -> world.pending().isEmpty());
        assertThat(world.pushed("node-b")).hasSize(1);
        await().until(() -> world.rows().size() == 1);
    }

    @Test
    void aBatchCostsOneEnvelopeAndFourScripts() {
        var world = world();
        world.submission.submit(world.offers(2));
        await().until(() -> world.rows().size() == 2 && world.pending().isEmpty());
        var scripts = scriptsRun();

        world.submission.submit(world.offers(100));

        await().until(() -> world.rows().size() == 102 && world.pending().isEmpty());
        assertThat(scriptsRun() - scripts).isEqualTo(4);
        assertThat(world.reader.envelopes()).hasSize(2);
        assertThat(world.reader.envelopes().getLast().getRecordsList())
                .extracting(StoreRecord::getMessage)
                .extracting(AcceptedMessage::getSequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(3, 102).boxed().toList());
    }

    @Test
    void aResendOfASettledMessageGetsTheFirstAnswer() {
        var world = world();
        var offer = world.offer();
        var first = world.submit(offer);

        assertThat(world.submit(offer)).isEqualTo(first);
        assertThat(world.submission.submit(List.of(offer, world.offer(), offer)))
                .extracting(SubmissionTest::sequence)
                .containsExactly(1L, 2L, 1L);
    }

    @Test
    void anIdThatComesTwiceInABatchIsOneMessage() {
        var world = world();
        var offer = world.offer();

        assertThat(world.submission.submit(List.of(offer, offer)))
                .extracting(SubmissionTest::sequence)
                .containsExactly(1L, 1L);
        assertThat(world.head().sequence()).isEqualTo(1);
    }

    @Test
    void aResendOfAPendingMessageIsAnsweredWhenThatSettles() throws Exception {
        var world = world();
        world.head();
        world.cutStoreQueue();
        var offer = world.offer();
        var first = world.submitting(offer);
        await().until(() -> world.pending().size() == 1);

        var second = world.submitting(offer);
        world.openStoreQueue();

        assertThat(first.get()).isEqualTo(second.get());
        assertThat(sequence(second.get())).isEqualTo(1);
    }

    @Test
    void aResendTakesOnAMessageThatNobodyElseDoes() {
        var world = world();
        var offer = world.offer();
        world.accepted(offer);

        assertThat(world.submission.submit(List.of(offer, world.offer(), offer)))
                .extracting(SubmissionTest::sequence)
                .containsExactly(1L, 2L, 1L);
        await().until(() -> world.pending().isEmpty());
        // The rows follow the answers.
        await().until(() -> world.rows().size() == 2);
        assertThat(world.rows()).extracting(AcceptedMessage::getSequence).containsExactly(1L, 2L);
    }

    @Test
    void whatIsStoredIsWhatWasAcceptedFirst() {
        var world = world();
        var offer = world.offer();
        world.accepted(offer);

        world.submit(new Offer(offer.key(), ByteString.EMPTY, 0, new Origin("node-c", 3), offer.admission()));

        await().until(() -> world.rows().size() == 1);
        assertThat(world.rows()).extracting(AcceptedMessage::getContent).containsExactly(offer.content());
    }

    @Test
    void aMessageAboveAHoleWaitsUntilTheHoleIsFilled() throws Exception {
        var world = world();
        var below = world.accepted(world.offer());
        var call = world.submitting(world.offer());
        await().until(() -> world.rows().size() == 1);
        assertThat(world.head().sequence()).isZero();
        assertThat(call).isNotDone();

        var progress = world.settlement.settle(0, world.epoch(), List.of(below), Deadline.in(LONG));

        assertThat(progress.settled()).containsExactly(below.position());
        assertThat(sequence(call.get())).isEqualTo(2);
        assertThat(world.head().sequence()).isEqualTo(2);
    }

    @Test
    void aMessageAboveAHoleThatStaysIsPending() {
        var world = world(new SubmitProperties(LONG, SHORT, 16, 32_768));
        world.accepted(world.offer());

        assertThat(world.submit(world.offer())).isInstanceOf(Outcome.Pending.class);
        assertThat(world.head().sequence()).isZero();
    }

    @Test
    void aMessageThatNoQueueTakesIsPending() {
        var world = impatientWorld();
        world.head();
        world.cutStoreQueue();

        assertThat(world.submit(world.offer())).isInstanceOf(Outcome.Pending.class);
        assertThat(world.pending().size()).isEqualTo(1);
    }

    @Test
    void aRefusalIsOnlyForTheMessageThatEarnsIt() {
        var world = world();
        var ahead = World.offer(TALK, UuidV7.next(() -> System.currentTimeMillis() + 3_600_000));

        var outcomes = world.submission.submit(List.of(ahead, world.offer()));

        assertThat(outcomes.getFirst())
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CLOCK_AHEAD));
        assertThat(sequence(outcomes.getLast())).isEqualTo(1);
    }

    @Test
    void callsThatFindNoPlaceBeforeTheirDeadlineSayNothing() throws Exception {
        var world = impatientWorld();
        world.head();
        world.cutStoreQueue();
        var first = world.submitting(world.offer());
        await().until(() -> world.pending().size() == 1);

        var second = world.submitting(world.offer());

        assertThat(first.get()).isInstanceOf(Outcome.Pending.class);
        assertThat(second.get()).isInstanceOf(Outcome.Pending.class);
    }

    @Test
    void aRedisThatDoesNotAnswerMakesTheOutcomeUnknown() throws Exception {
        try (var process = RedisProcess.start()) {
            var client = process.connect();
            world = new World(client, SHORT);
            assertThat(sequence(world.submit(world.offer()))).isEqualTo(1);

            process.stop();
            assertThat(world.submit(world.offer())).isInstanceOf(Outcome.Pending.class);

            process.resume();
            client.shutdown();
        }
    }

    private static long sequence(Outcome outcome) {
        return ((Outcome.Settled) outcome).sequence();
    }

    /** Returns how many scripts Redis has run so far. */
    private static long scriptsRun() {
        var stats =
                redis.client().getRedisNodes(RedisNodes.SINGLE).getInstance().info(InfoSection.COMMANDSTATS);
        return stats.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("cmdstat_eval"))
                .mapToLong(entry -> calls(entry.getValue()))
                .sum();
    }

    private static long calls(String stat) {
        var calls = Arrays.stream(stat.split(","))
                .filter(part -> part.startsWith("calls="))
                .findFirst();
        return Long.parseLong(calls.orElseThrow().substring("calls=".length()));
    }
}
