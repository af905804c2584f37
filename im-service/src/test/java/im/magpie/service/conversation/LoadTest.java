package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.PARTITION;
import static im.magpie.service.conversation.Conversations.TALK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import im.magpie.service.epoch.StaleEpochException;
import im.magpie.service.testing.TestRedis;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoadTest {

    private static final long MINUTE = 60_000;

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);
    private final HeadLoader loader = new HeadLoader(
            conversations.scripts,
            new Store(conversations.store),
            (_, shapes) -> conversations.raised.addAll(shapes.keySet()));

    private void load(long missed, long opened) {
        loader.load(PARTITION, conversations.epoch(), new ReplyTime(missed, opened), List.of(TALK));
    }

    private long[] head() {
        var bytes = ByteBuffer.wrap(conversations.hash("head").get(TALK.field()));
        var numbers = new long[9];
        bytes.asLongBuffer().get(numbers);
        return numbers;
    }

    @Test
    void setsWhatTheStoreSays() {
        var opened = conversations.now();
        var time = conversations.now() - 5 * MINUTE;
        conversations.stored(TALK, conversations.id(0), 7, time);
        load(conversations.now(), opened);

        var head = head();
        assertThat(head).startsWith(7, 7, 7, 7, 0, 0, time);
        assertThat(head[7]).as("used").isCloseTo(conversations.now(), within(5_000L));
        assertThat(head[8]).as("lookup below").isEqualTo(time + 10 * MINUTE);
    }

    @Test
    void whatTheStoreHasOfThisEpochNeedsLookUpsNoLongerThanTheEpochsOpening() {
        conversations.stored(TALK, conversations.id(0), 7, conversations.now() + 60 * MINUTE);
        load(conversations.now(), conversations.now());
        assertThat(head()[8]).isLessThanOrEqualTo(conversations.now() + 10 * MINUTE);
    }

    @Test
    void keepsAHeadThatIsThere() {
        conversations.accepted(3);
        conversations.stored(TALK, conversations.id(0), 1, conversations.now());
        load(conversations.now(), conversations.now());
        assertThat(head()[0]).isEqualTo(3);
    }

    @Test
    void doesNotTakeAnAnswerThatTookFiveMinutes() {
        conversations.stored(TALK, conversations.id(0), 7, conversations.now());
        load(conversations.now() - 5 * MINUTE - 1, conversations.now());
        assertThat(conversations.hash("head")).isEmpty();
    }

    @Test
    void doesNotTakeAnAnswerOfAnEpochGoneBy() {
        var epoch = conversations.epoch();
        REDIS.flush();
        assertThatThrownBy(() -> loader.load(
                        PARTITION, epoch, new ReplyTime(conversations.now(), conversations.now()), List.of(TALK)))
                .isInstanceOf(StaleEpochException.class);
    }

    @Test
    void raisesIndexesUnlessTheLastMessageIsOfThisEpoch() {
        var now = conversations.now();
        conversations.stored(TALK, conversations.id(0), 7, now);
        load(now, now - Duration.ofHours(2).toMillis());
        assertThat(conversations.raised).isEmpty();
        load(now, now);
        assertThat(conversations.raised).containsExactly(TALK);
    }
}
