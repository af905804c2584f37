package im.magpie.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.broker.StoreEnvelope;
import im.magpie.fixture.Chat;
import im.magpie.fixture.FakeService;
import im.magpie.fixture.StoreTest;
import im.magpie.fixture.TestBroker;
import im.magpie.store.message.BatchWriter;
import im.magpie.store.message.StoreItem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Prints what a core can do; fails only where something is wrong by an order of magnitude. */
@StoreTest
class ThroughputTest {

    private static final int CHATS = 200;
    private static final int BATCH = 1_000;
    private static final int BATCHES = 40;
    private static final int WARM_UP = 10;

    @Autowired
    private BatchWriter writer;

    @Autowired
    private FakeService service;

    @Test
    void ofTheWriter() {
        var batches = batches(Chat.withoutQueue().partition());
        batches.subList(0, WARM_UP).forEach(batch -> writer.write(items(batch)));

        var begun = new Meter();
        batches.subList(WARM_UP, BATCHES).forEach(batch -> writer.write(items(batch)));

        report("writer", (BATCHES - WARM_UP) * BATCH, begun);
    }

    @Test
    void ofAQueue() {
        service.reset();
        var broker = TestBroker.shared();
        int partition = Chat.alone().partition();
        var envelopes = batches(partition);

        var begun = new Meter();
        broker.publish(partition, envelopes.toArray(StoreEnvelope[]::new));
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> broker.depth(partition) == 0);

        report("queue, publishing included", BATCHES * BATCH, begun);
        assertThat(service.committed(partition)).hasSize(BATCHES * BATCH);
    }

    private static void report(String what, int messages, Meter begun) {
        double perSecond = messages * 1e9 / (System.nanoTime() - begun.time);
        System.out.printf(
                "%s: %d messages of 100 bytes, %,.0f a second; CPU a message: %.1f us here, %.1f us database%n",
                what,
                messages,
                perSecond,
                (Meter.cpu(ProcessHandle.current()) - begun.own) / 1e3 / messages,
                (Meter.database() - begun.database) / 1e3 / messages);
        assertThat(perSecond).isGreaterThan(1_000);
    }

    /** When a measurement began, and the CPU time that was used by then; all in nanoseconds. */
    private static final class Meter {

        private final long time = System.nanoTime();
        private final long own = cpu(ProcessHandle.current());
        private final long database = database();

        static long database() {
            return ProcessHandle.current().descendants().mapToLong(Meter::cpu).sum();
        }

        static long cpu(ProcessHandle process) {
            return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
        }
    }

    private static List<StoreItem> items(StoreEnvelope envelope) {
        return new Batch(List.of(Delivery.read(1, envelope.toByteArray()))).items();
    }

    /** Messages of many conversations, each of which goes on from batch to batch. */
    private static List<StoreEnvelope> batches(int partition) {
        var content = "x".repeat(100);
        var chats = IntStream.range(0, CHATS).mapToObj(_ -> Chat.in(partition)).toList();
        var batches = new ArrayList<StoreEnvelope>();
        for (int batch = 0; batch < BATCHES; batch++) {
            var messages = new AcceptedMessage[BATCH];
            for (int i = 0; i < BATCH; i++) {
                long sequence = (long) batch * (BATCH / CHATS) + i / CHATS + 1;
                messages[i] = chats.get(i % CHATS).message(sequence, content);
            }
            batches.add(chats.getFirst().envelope(messages));
        }
        return batches;
    }
}
