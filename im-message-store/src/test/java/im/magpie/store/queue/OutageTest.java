package im.magpie.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.fixture.Chat;
import im.magpie.fixture.FakeService;
import im.magpie.fixture.Rows;
import im.magpie.fixture.StoreTest;
import im.magpie.fixture.TestBroker;
import im.magpie.fixture.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Database, broker and im-service come and go; what was handed over is stored once, in order. */
@StoreTest
class OutageTest {

    private final TestBroker broker = TestBroker.shared();
    private final TestDatabase server = TestDatabase.shared();
    private final Chat chat = Chat.alone();

    @Autowired
    private FakeService service;

    @Autowired
    private StoreWorkers workers;

    @Autowired
    private JdbcTemplate database;

    @Autowired
    private MeterRegistry meters;

    private Rows rows;

    @BeforeEach
    void look() {
        service.reset();
        rows = new Rows(database);
        awaitConsumer();
    }

    @Test
    void waitsForADatabaseThatIsStopped() {
        broker.publish(chat.envelope(1, 10));
        awaitEmpty();

        server.stop();
        double failures = failures();
        broker.publish(chat.envelope(11, 20));
        broker.publish(chat.envelope(21, 30));
        await().until(() -> failures() >= failures + 2);
        assertThat(broker.depth(chat.partition())).isEqualTo(2);
        server.startAgain();

        awaitEmpty();
        assertStored(30);
        assertThat(service.committed(chat.partition())).isSorted().hasSize(30);
    }

    @Test
    void waitsForADatabaseThatMayNotBeWritten() {
        server.execute("SET GLOBAL read_only = ON");
        double failures = failures();
        broker.publish(chat.envelope(1, 10));
        await().until(() -> failures() >= failures + 2);
        assertThat(rows.sequences(chat)).isEmpty();
        server.execute("SET GLOBAL read_only = OFF");

        awaitEmpty();
        assertStored(10);
        assertThat(broker.takeDeadLetter())
                .as("nothing was wrong with the messages")
                .isNull();
    }

    @Test
    void storesOnceWhatIsDeliveredAgain() throws Exception {
        var reporting = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        var reports = new AtomicInteger();
        service.onReport(_ -> {
            if (reports.incrementAndGet() == 1) {
                reporting.countDown();
                StoreQueueTest.uninterruptibly(answer);
            }
        });
        broker.publish(chat.envelope(1, 10));
        reporting.await();

        // Committed and not acknowledged: this consumer will never be heard again.
        broker.dropConnections();
        await().until(() -> broker.consumers(chat.partition()) == 0);
        answer.countDown();

        awaitEmpty();
        assertStored(10);
        assertThat(reports).as("reported again").hasValueGreaterThan(1);
    }

    @Test
    void comesBackWithTheBroker() {
        broker.publish(chat.envelope(1, 10));
        awaitEmpty();

        broker.stop();
        broker.start();
        awaitConsumer();
        broker.publish(chat.envelope(11, 20));

        awaitEmpty();
        assertStored(20);
    }

    @Test
    void stopsWhileImServiceIsOutOfReachAndGoesOnLater() {
        var attempts = new AtomicInteger();
        service.onReport(_ -> {
            attempts.incrementAndGet();
            throw FakeService.unreachable();
        });
        broker.publish(chat.envelope(1, 10));
        await().until(() -> attempts.get() > 1);

        var begun = System.nanoTime();
        workers.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        assertThat(workers.isRunning()).isFalse();
        assertThat(broker.depth(chat.partition())).isEqualTo(1);

        service.reset();
        workers.start();
        awaitEmpty();
        assertStored(10);
        assertThat(service.committed(chat.partition())).hasSize(10);
    }

    private double failures() {
        return meters.counter("magpie.store.failures").count();
    }

    private void assertStored(long last) {
        assertThat(rows.sequences(chat))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, last).boxed().toList());
    }

    private void awaitConsumer() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () -> assertThat(broker.consumers(chat.partition())).isEqualTo(1));
    }

    private void awaitEmpty() {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(broker.depth(chat.partition())).isZero());
    }
}
