package im.magpie.store.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.common.broker.BrokerNames;
import im.magpie.common.rpc.CommittedMessage;
import im.magpie.fixture.Chat;
import im.magpie.fixture.FakeService;
import im.magpie.fixture.Rows;
import im.magpie.fixture.StoreTest;
import im.magpie.fixture.TestBroker;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

/** The way from a store queue into the database, with nothing broken but what a message brings with it. */
@StoreTest
class StoreQueueTest {

    private final TestBroker broker = TestBroker.shared();
    private final Chat chat = Chat.alone();

    @Autowired
    private FakeService service;

    @Autowired
    private QueueAlarms alarms;

    @Autowired
    private JdbcTemplate database;

    private Rows rows;

    @BeforeEach
    void look() {
        service.reset();
        rows = new Rows(database);
        awaitConsumer(chat);
    }

    @Test
    void storesReportsAndAcknowledges() {
        broker.publish(chat.envelope(1, 3));
        awaitEmpty(chat);

        assertThat(rows.sequences(chat)).containsExactly(1L, 2L, 3L);
        assertThat(service.reports(chat.partition())).singleElement().satisfies(report -> {
            assertThat(report.getEpoch()).isEqualTo(1);
            assertThat(report.getMessagesList())
                    .first()
                    .isEqualTo(CommittedMessage.newBuilder()
                            .setAppId(Chat.APP)
                            .setConversationId(chat.conversationId())
                            .setSequence(1)
                            .build());
        });
    }

    @Test
    void reportsAfterTheCommitAndBeforeTheAcknowledgement() throws Exception {
        var reporting = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        service.onReport(_ -> {
            reporting.countDown();
            uninterruptibly(answer);
        });

        broker.publish(chat.envelope(1, 1));

        reporting.await();
        assertThat(rows.sequences(chat)).containsExactly(1L);
        assertThat(broker.depth(chat.partition())).isEqualTo(1);
        answer.countDown();
        awaitEmpty(chat);
    }

    @Test
    void takesWhatHasGatheredAsOneBatch() throws Exception {
        var reporting = new CountDownLatch(1);
        var answer = new CountDownLatch(1);
        service.onReport(_ -> {
            reporting.countDown();
            uninterruptibly(answer);
        });
        broker.publish(chat.envelope(1, 1));
        reporting.await();

        for (int sequence = 2; sequence <= 50; sequence++) {
            broker.publish(chat.envelope(sequence, sequence));
        }
        answer.countDown();
        awaitEmpty(chat);

        assertThat(service.reports(chat.partition())).hasSizeBetween(2, 5);
        assertThat(service.committed(chat.partition())).hasSize(50);
    }

    @Test
    void reportsAgainUntilItIsHeard() {
        var attempts = new AtomicInteger();
        service.onReport(report -> {
            if (report.getPartition() == chat.partition() && attempts.incrementAndGet() < 4) {
                throw FakeService.unreachable();
            }
        });

        broker.publish(chat.envelope(1, 2));
        awaitEmpty(chat);

        assertThat(attempts).hasValue(4);
        assertThat(service.committed(chat.partition())).containsExactly(1L, 2L);
    }

    @Test
    void reportsAThousandAtATimeUntilTheEpochIsOver() {
        var next = Chat.in(chat.partition()).inEpoch(2);
        service.answerStaleTo(report -> report.getEpoch() == 1);

        broker.publish(chat.partition(), chat.envelope(1, 1_500), chat.barrier(2), next.envelope(1, 1_500));
        awaitEmpty(chat);

        assertThat(service.reports(chat.partition()))
                .extracting(report -> List.of(report.getEpoch(), (long) report.getMessagesCount()))
                .containsExactly(List.of(1L, 1_000L), List.of(2L, 1_000L), List.of(2L, 500L));
    }

    @Test
    void putsAsideWhatIsNoEnvelope() {
        var garbage = "no envelope".getBytes(StandardCharsets.UTF_8);

        broker.publish(chat.partition(), List.of(garbage, chat.envelope(1, 1).toByteArray()));
        awaitEmpty(chat);

        var letter = broker.takeDeadLetter();
        assertThat(letter).isNotNull();
        assertThat(letter.getRaw().toByteArray()).isEqualTo(garbage);
        assertThat(letter.getSource()).isEqualTo(BrokerNames.storeQueue(chat.partition()));
        assertThat(letter.getReason()).startsWith("not an envelope");
        assertThat(rows.sequences(chat)).containsExactly(1L);
    }

    @Test
    void putsAsideWhatTheDatabaseRefuses() {
        var nameless = chat.message(2).toBuilder().setSenderId("x".repeat(65)).build();

        broker.publish(chat.envelope(chat.message(1), nameless, chat.message(3)));
        awaitEmpty(chat);

        var letter = broker.takeDeadLetter();
        assertThat(letter).isNotNull();
        assertThat(letter.getMessage()).isEqualTo(nameless);
        assertThat(letter.getReason()).contains("sender_id");
        assertThat(letter.getTime()).isPositive();
        assertThat(service.committed(chat.partition())).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(rows.sequences(chat)).containsExactly(1L, 3L);
    }

    @Test
    void sendsBackWhatComesBehindTheNextEpochsBarrier() {
        var attempts = new AtomicInteger();
        service.onReadmit(_ -> {
            if (attempts.incrementAndGet() < 3) {
                throw FakeService.unreachable();
            }
        });

        broker.publish(chat.partition(), chat.envelope(1, 1), chat.barrier(2), chat.envelope(1, 3));
        awaitEmpty(chat);

        assertThat(service.readmitted()).as("1 is stored").containsExactly(chat.message(2), chat.message(3));
        assertThat(rows.sequences(chat)).containsExactly(1L);
        assertThat(rows.barrier(chat.partition())).isEqualTo(2);
    }

    @Test
    void letsAnotherBarrierPassWhileItWaitsToSendBack() throws Exception {
        var waiting = new CountDownLatch(1);
        service.onReadmit(_ -> {
            waiting.countDown();
            // What im-service does when its Redis is lost once more: it waits for a barrier out of this very queue.
            if (rows.barrier(chat.partition()) < 3) {
                throw FakeService.unreachable();
            }
        });

        broker.publish(chat.partition(), chat.barrier(2), chat.envelope(1, 1));
        waiting.await();
        broker.publish(chat.partition(), chat.barrier(3), chat.inEpoch(3).envelope(1, 2));
        awaitEmpty(chat);

        assertThat(service.readmitted()).containsExactly(chat.message(1));
        assertThat(rows.epochs(chat)).containsExactly(3L, 3L);
    }

    @Test
    void keepsWhatItCouldNotSendBackUnacknowledged() {
        service.onReadmit(_ -> {
            throw FakeService.unreachable();
        });

        broker.publish(
                chat.partition(),
                chat.barrier(2),
                chat.envelope(1, 1),
                chat.inEpoch(2).envelope(2, 2));
        await().untilAsserted(
                        () -> assertThat(service.committed(chat.partition())).containsExactly(2L));
        await().untilAsserted(() -> assertThat(broker.depth(chat.partition())).isEqualTo(1));

        service.reset();
        awaitEmpty(chat);
        assertThat(service.readmitted()).containsExactly(chat.message(1));
    }

    @Test
    void stopsAQueueWhoseNumbersContradictEachOtherAndNoOther() {
        var impostor =
                chat.message(1).toBuilder().setClientMessageId(Chat.name(99)).build();
        var elsewhere = Chat.alone();
        broker.publish(chat.envelope(1, 1));
        awaitEmpty(chat);

        broker.publish(chat.envelope(impostor, chat.message(2)));
        await().untilAsserted(
                        () -> assertThat(broker.consumers(chat.partition())).isZero());
        broker.publish(elsewhere.envelope(1, 1));
        awaitEmpty(elsewhere);

        assertThat(broker.depth(chat.partition()))
                .as("left for whoever looks at it")
                .isEqualTo(1);
        assertThat(rows.sequences(chat)).containsExactly(1L);
        assertThat(rows.sequences(elsewhere)).containsExactly(1L);
        assertThat(alarms.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(alarms.health().getDetails()).containsOnlyKeys(BrokerNames.storeQueue(chat.partition()));
    }

    private void awaitConsumer(Chat chat) {
        await().untilAsserted(
                        () -> assertThat(broker.consumers(chat.partition())).isEqualTo(1));
    }

    private void awaitEmpty(Chat chat) {
        await().untilAsserted(() -> assertThat(broker.depth(chat.partition())).isZero());
    }

    static void uninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
