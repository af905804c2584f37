package im.magpie.tcp.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.CheckBatch;
import im.magpie.common.rpc.CheckOutcome;
import im.magpie.common.rpc.CheckOutcomes;
import im.magpie.common.rpc.SubmitBatch;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.common.rpc.SubmitOutcome;
import im.magpie.common.rpc.SubmitOutcomes;
import im.magpie.common.tracing.Tracing;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.lane.SendAnswer.Acknowledged;
import im.magpie.tcp.lane.SendAnswer.Refused;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.util.concurrent.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.dubbo.rpc.RpcException;
import org.junit.jupiter.api.RepeatedTest;

/**
 * Services that lose calls, are busy, leave messages pending and change shapes at random: the order of a connection's
 * messages holds, and none is lost.
 */
class LaneOrderTest {

    private static final int MESSAGES = 60;
    private static final int PIPELINED = 12;
    private static final List<String> CONVERSATIONS = List.of("private_a_b", "private_a_c", "private_a_d");

    private record Answer(String conversation, int number, SendAnswer answer) {}

    @RepeatedTest(15)
    void keepsTheOrderOfEveryConversation() throws InterruptedException {
        keepsTheOrder(8);
    }

    @RepeatedTest(15)
    void alsoWhenMostCallsAreLost() throws InterruptedException {
        keepsTheOrder(2);
    }

    /** @param lost one in so many calls never arrives, and one in so many answers never comes back */
    private static void keepsTheOrder(int lost) throws InterruptedException {
        var seed = Long.getLong("seed", System.nanoTime());
        var services = new RandomServices(new Random(seed), lost);
        var messages = new FakeMessages();
        messages.checks.answeredBy(services::check);
        messages.submits.answeredBy(services::submit);
        var settings = LaneSettingsOf.capacity(8).with(5, 1_000_000, Duration.ofSeconds(30));
        try (var lanes =
                new Lanes(settings, messages, Ticker.systemTicker(), new SimpleMeterRegistry(), Tracing.off())) {
            new Client(lanes).sendEverything();
        } catch (AssertionError e) {
            throw new AssertionError("-Dseed=" + seed, e);
        }
        var expected = IntStream.rangeClosed(1, MESSAGES).boxed().toList();
        for (var conversation : CONVERSATIONS) {
            assertThat(services.accepted.get(conversation)).as("-Dseed=" + seed).isEqualTo(expected);
        }
    }

    /**
     * Writes several messages before it waits for answers, and offers again, in order, what was refused for now; later
     * than that what was not answered.
     */
    private static final class Client {
        private final Lanes lanes;
        private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
        private final Map<String, ByteString> ids = new HashMap<>();
        private Set<String> silent = Set.of();

        Client(Lanes lanes) {
            this.lanes = lanes;
        }

        void sendEverything() throws InterruptedException {
            Map<String, Set<Integer>> left = new HashMap<>();
            for (var conversation : CONVERSATIONS) {
                left.put(
                        conversation,
                        new TreeSet<>(IntStream.rangeClosed(1, MESSAGES).boxed().toList()));
            }
            while (!left.values().stream().allMatch(Set::isEmpty)) {
                var later = silent;
                silent = new HashSet<>();
                var written = 0;
                for (var entry : left.entrySet()) {
                    for (var number : entry.getValue().stream().limit(PIPELINED).toList()) {
                        if (!later.contains(entry.getKey() + number)) {
                            send(entry.getKey(), number);
                            written++;
                        }
                    }
                }
                for (var i = 0; i < written; i++) {
                    hear(left);
                }
            }
        }

        private void send(String conversation, int number) {
            var id = ids.computeIfAbsent(
                    conversation + number, _ -> ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(() -> 1))));
            var item = SubmitItem.newBuilder()
                    .setAppId("demo")
                    .setSenderId("a")
                    .setConversationId(conversation)
                    .setClientMessageId(id)
                    .setContent(ByteString.copyFromUtf8(Integer.toString(number)))
                    .setConnectionId(1)
                    .build();
            if (!lanes.offer(new PendingSend(item, answer -> answers.add(new Answer(conversation, number, answer))))) {
                answers.add(new Answer(conversation, number, lanes.busy()));
            }
        }

        private void hear(Map<String, Set<Integer>> left) throws InterruptedException {
            var heard = answers.poll(10, TimeUnit.SECONDS);
            if (heard == null) {
                fail("a message has no answer");
                return;
            }
            switch (heard.answer()) {
                case Acknowledged _ ->
                    left.getOrDefault(heard.conversation(), Set.of()).remove(heard.number());
                case Refused refused -> assertThat(refused.code()).isIn(ErrorCode.BUSY, ErrorCode.UNAVAILABLE);
                case SendAnswer.Unanswered _ -> silent.add(heard.conversation() + heard.number());
            }
        }
    }

    /** Accepts like the real thing: once, and nothing behind a refused message in one call. */
    private static final class RandomServices {
        final Map<String, List<Integer>> accepted = new HashMap<>();
        private final Random random;
        private final int lost;

        RandomServices(Random random, int lost) {
            this.random = random;
            this.lost = lost;
        }

        CheckOutcomes check(CheckBatch batch) {
            return random.nextInt(4) == 0
                    ? CheckOutcomes.newBuilder()
                            .addAllOutcomes(batch.getItemsList().stream()
                                    .map(_ -> CheckOutcome.newBuilder()
                                            .setError(ErrorCode.UNAVAILABLE)
                                            .build())
                                    .toList())
                            .build()
                    : FakeMessages.allPass(batch);
        }

        SubmitOutcomes submit(SubmitBatch batch) {
            var refused = new HashSet<String>();
            var outcomes = new ArrayList<SubmitOutcome>();
            if (random.nextInt(lost) == 0) {
                throw new RpcException("never arrived");
            }
            for (var item : batch.getItemsList()) {
                outcomes.add(submit(item, refused));
            }
            if (random.nextInt(lost) == 0) {
                throw new RpcException("answer lost");
            }
            return SubmitOutcomes.newBuilder().addAllOutcomes(outcomes).build();
        }

        private SubmitOutcome submit(SubmitItem item, Set<String> refused) {
            var known = accepted.computeIfAbsent(item.getConversationId(), _ -> new ArrayList<>());
            var number = Integer.parseInt(item.getContent().toStringUtf8());
            if (!known.contains(number)) {
                if (refused.contains(item.getConversationId()) || random.nextInt(6) == 0) {
                    refused.add(item.getConversationId());
                    return random.nextInt(3) == 0 ? FakeMessages.checkAgain() : FakeMessages.refused(ErrorCode.BUSY);
                }
                known.add(number);
            }
            return random.nextInt(6) == 0 ? FakeMessages.pending() : FakeMessages.settled(known.indexOf(number) + 1);
        }
    }
}
