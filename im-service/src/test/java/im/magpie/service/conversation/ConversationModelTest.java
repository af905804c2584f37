package im.magpie.service.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.common.broker.AcceptedMessage;
import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Senders, publishers that die or come late, a store, sweepers, readers and an operator who empties Redis, in a random order. */
class ConversationModelTest {

    private static final int STEPS = 500;
    private static final List<ConversationKey> TALKS = List.of(
            new ConversationKey("app", "private_a_b"),
            new ConversationKey("app", "private_a_c"),
            new ConversationKey("other", "private_a_b"));
    private static final long MINUTE = 60_000;

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);
    private final SenderModel model = new SenderModel(conversations.store);
    private final List<AcceptedMessage> published = new ArrayList<>();
    private final List<AcceptedMessage> late = new ArrayList<>();
    private final List<AcceptedMessage> unreported = new ArrayList<>();
    private Random random = new Random();

    static LongStream seeds() {
        var given = Long.getLong("magpie.test.seed");
        return given != null ? LongStream.of(given) : LongStream.of(1, 2, 3, System.nanoTime());
    }

    @ParameterizedTest(name = "-Dmagpie.test.seed={0}")
    @MethodSource("seeds")
    void keepsItsPromises(long seed) {
        random = new Random(seed);
        for (var step = 0; step < STEPS; step++) {
            step();
            if (step % 10 == 0) {
                conversations.assertConsistent();
            }
        }
        for (var round = 0; round < 20 && !model.unacknowledged().isEmpty(); round++) {
            finishAll();
        }
        assertThat(model.unacknowledged()).isEmpty();
        readAll();
        for (var talk : TALKS) {
            var rows = conversations.store.rows(talk.appId(), talk.conversationId());
            assertThat(rows).hasSize((int) model.all().stream()
                    .filter(sent -> sent.offer.conversation().equals(talk))
                    .count());
        }
    }

    private void step() {
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3 -> sendNew();
            case 4, 5 ->
                offer(some(model.all()).stream().map(sent -> sent.offer).toList());
            case 6, 7, 8 -> publish(some(model.underWay()));
            case 9, 10, 11 -> settle(some(published));
            case 12, 13 -> unreported.addAll(conversations.store.commit(random.nextInt(10)));
            case 14 -> report(some(unreported));
            case 15 -> sweep();
            case 16 -> {
                readmit();
                publish(some(late));
            }
            case 17 -> readAll();
            case 18 -> tidy();
            default -> {
                if (random.nextInt(4) == 0) {
                    emptyRedis();
                }
            }
        }
    }

    private void finishAll() {
        publish(late);
        offer(model.unacknowledged().stream().map(sent -> sent.offer).toList());
        publish(model.underWay());
        unreported.addAll(conversations.store.commit(Integer.MAX_VALUE));
        report(unreported);
        readmit();
        settle(List.copyOf(published));
        sweep();
    }

    private <T> List<T> some(List<T> all) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(shuffled.size(), random.nextInt(8)));
    }

    private void sendNew() {
        var offers = new ArrayList<Offer>();
        for (var i = random.nextInt(14); i >= 0; i--) {
            var shift = switch (random.nextInt(6)) {
                case 0 -> -MINUTE * (11 + random.nextInt(60));
                case 1 -> 9 * MINUTE;
                default -> 0;
            };
            var talk = TALKS.get(random.nextInt(TALKS.size()));
            offers.add(Conversations.offer(talk, random.nextBoolean() ? "a" : "b", conversations.id(shift)));
        }
        offer(offers);
    }

    private void offer(List<Offer> offers) {
        offers.forEach(model::sending);
        var acceptances = conversations.log.accept(offers);
        for (var i = 0; i < offers.size(); i++) {
            model.answered(offers.get(i), acceptances.get(i));
        }
    }

    /** Publishers repeat what they are not sure of. */
    private void publish(List<AcceptedMessage> messages) {
        for (var message : messages) {
            conversations.store.publish(0, message);
            published.add(message);
        }
    }

    private void settle(List<AcceptedMessage> messages) {
        var epoch = conversations.epoch();
        var current =
                messages.stream().filter(message -> message.getEpoch() == epoch).toList();
        try {
            var confirmations = conversations.log.confirm(0, epoch, Conversations.positions(current));
            var confirmed = new ArrayList<AcceptedMessage>();
            for (var i = 0; i < current.size(); i++) {
                if (confirmations.get(i) != Confirmation.NOT_YET) {
                    confirmed.add(current.get(i));
                }
            }
            if (random.nextInt(5) > 0) {
                conversations.log.finish(0, epoch, Conversations.positions(confirmed));
                confirmed.forEach(model::acknowledged);
            }
        } catch (StaleEpochException _) {
            conversations.epochs.after(Conversations.PARTITION, epoch);
        }
    }

    private void report(List<AcceptedMessage> messages) {
        for (var epoch :
                messages.stream().map(AcceptedMessage::getEpoch).distinct().toList()) {
            var ofEpoch = messages.stream()
                    .filter(message -> message.getEpoch() == epoch)
                    .toList();
            try {
                conversations.log.committed(0, epoch, Conversations.positions(ofEpoch));
            } catch (StaleEpochException _) {
                // Nothing is left to trim.
            }
        }
    }

    private void sweep() {
        var pending = conversations.pending();
        pending.readAll().forEach(member -> pending.add(0, member));
        var claim = conversations.log.claim(0, 1 + random.nextInt(30));
        var messages = claim.messages().stream().map(PendingMessage::message).toList();
        publish(messages);
        settle(messages);
    }

    private void readmit() {
        offer(conversations.store.returned().stream()
                .map(message -> new Offer(
                        new MessageKey(
                                new ConversationKey(message.getAppId(), message.getConversationId()),
                                message.getSenderId(),
                                message.getClientMessageId()),
                        message.getContent(),
                        0,
                        Origin.NONE,
                        Admission.EXEMPT))
                .toList());
    }

    private void readAll() {
        for (var talk : TALKS) {
            var page = conversations
                    .log
                    .read(List.of(new WindowRange(talk, 0, Long.MAX_VALUE, 1_000)))
                    .getFirst();
            var rows = conversations.store.rows(talk.appId(), talk.conversationId());
            page.messages().forEach(message -> {
                assertThat(message.getSequence())
                        .isLessThanOrEqualTo(page.head().sequence());
                rows.put(message.getSequence(), message);
            });
            model.read(
                    talk,
                    page.head().sequence(),
                    List.copyOf(rows.headMap(page.head().sequence(), true).values()));
        }
    }

    private void tidy() {
        var talk = TALKS.get(random.nextInt(TALKS.size()));
        if (conversations.hash("head").containsKey(talk.field())) {
            conversations.age(talk, Duration.ofHours(2));
        }
        conversations.log.tidy(0);
    }

    /** Some publishers have not published yet what they accepted, and will, when it is too late. */
    private void emptyRedis() {
        var unpublished = new ArrayList<>(model.underWay());
        unpublished.removeAll(published);
        late.addAll(some(unpublished));
        REDIS.flush();
        model.emptied();
    }
}
