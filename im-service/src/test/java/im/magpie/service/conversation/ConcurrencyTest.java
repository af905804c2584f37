package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.testing.TestRedis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many senders at once, while the store commits and Redis is emptied again and again. */
@Timeout(60)
class ConcurrencyTest {

    private static final int SENDERS = 8;
    private static final int MESSAGES = 60;
    private static final int FLUSHES = 4;
    private static final List<ConversationKey> TALKS =
            List.of(new ConversationKey("app", "private_a_b"), new ConversationKey("app", "private_a_c"));

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);
    private final Map<Offer, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void everyMessageIsStoredOnceWhereItWasAcknowledged() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var store = threads.submit(this::runStore);
            var operator = threads.submit(this::emptyRedisNowAndThen);
            var senders = new ArrayList<Callable<Void>>();
            for (var i = 0; i < SENDERS; i++) {
                var sender = "sender" + i;
                senders.add(() -> send(sender));
            }
            try {
                for (var sender : threads.invokeAll(senders)) {
                    sender.get();
                }
            } finally {
                done.set(true);
            }
            operator.get();
            store.get();
        }
        conversations.store.commit(Integer.MAX_VALUE);
        assertThat(acknowledged).hasSize(SENDERS * MESSAGES);
        acknowledged.forEach(
                (offer, sequence) -> assertThat(rows(offer.conversation()).get(sequence))
                        .isNotNull()
                        .extracting(AcceptedMessage::getClientMessageId)
                        .isEqualTo(offer.key().clientMessageId()));
        assertThat(TALKS.stream().mapToInt(talk -> rows(talk).size()).sum()).isEqualTo(SENDERS * MESSAGES);
    }

    private Map<Long, AcceptedMessage> rows(ConversationKey talk) {
        return conversations.store.rows(talk.appId(), talk.conversationId());
    }

    private Void send(String sender) {
        for (var i = 0; i < MESSAGES; i++) {
            settle(Conversations.offer(TALKS.get(i % TALKS.size()), sender, conversations.id(0)));
        }
        return null;
    }

    /** Offers a message until it is settled, as a gateway does. */
    private void settle(Offer offer) {
        while (!done.get()) {
            try {
                switch (conversations.accept(offer)) {
                    case Accepted accepted -> {
                        finish(offer.toMessage(accepted));
                        acknowledged.merge(offer, accepted.sequence(), ConcurrencyTest::same);
                        return;
                    }
                    case Duplicate duplicate
                    when duplicate.settled() || settledElsewhere(offer, duplicate) -> {
                        acknowledged.merge(offer, duplicate.sequence(), ConcurrencyTest::same);
                        return;
                    }
                    default -> pause();
                }
            } catch (StaleEpochException _) {
                // Accepted for nothing, as far as this sender knows.
            }
        }
    }

    /** Not a yield: virtual threads that only yield leave the others no carrier. */
    private static void pause() {
        LockSupport.parkNanos(200_000);
    }

    private static long same(long first, long second) {
        assertThat(second).isEqualTo(first);
        return first;
    }

    private boolean settledElsewhere(Offer offer, Duplicate duplicate) {
        var position = new Position(offer.conversation(), duplicate.sequence(), duplicate.ordinal());
        return conversations
                .log
                .settled(0, duplicate.epoch(), List.of(position))
                .getFirst();
    }

    private void finish(AcceptedMessage message) {
        conversations.store.publish(0, message);
        var position = Conversations.positions(List.of(message));
        while (conversations.log.confirm(0, message.getEpoch(), position).getFirst() == Confirmation.NOT_YET
                && !done.get()) {
            pause();
        }
        try {
            conversations.log.finish(0, message.getEpoch(), position);
        } catch (StaleEpochException _) {
            // It was confirmed while the epoch was open, and so it is before any later barrier.
        }
    }

    private void runStore() {
        while (!done.get()) {
            var committed = conversations.store.commit(20);
            for (var epoch :
                    committed.stream().map(AcceptedMessage::getEpoch).distinct().toList()) {
                try {
                    conversations.log.committed(0, epoch, Conversations.positions(ofEpoch(committed, epoch)));
                } catch (StaleEpochException _) {
                    // Nothing to trim.
                }
            }
            conversations.store.returned().forEach(message -> settle(readmitted(message)));
            pause();
        }
    }

    private static List<AcceptedMessage> ofEpoch(List<AcceptedMessage> messages, long epoch) {
        return messages.stream().filter(message -> message.getEpoch() == epoch).toList();
    }

    private static Offer readmitted(AcceptedMessage message) {
        return new Offer(
                new MessageKey(
                        new ConversationKey(message.getAppId(), message.getConversationId()),
                        message.getSenderId(),
                        message.getClientMessageId()),
                message.getContent(),
                0,
                new Origin("node-1", 7),
                Admission.BOUNDED);
    }

    private void emptyRedisNowAndThen() {
        for (var flush = 1; flush <= FLUSHES; flush++) {
            while (!done.get() && acknowledged.size() < flush * SENDERS * MESSAGES / (FLUSHES + 1)) {
                pause();
            }
            REDIS.flush();
        }
    }
}
