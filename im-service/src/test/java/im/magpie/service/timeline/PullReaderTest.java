package im.magpie.service.timeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.PullRange;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PullRequest;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.WindowRange;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestSettings;
import im.magpie.service.testing.TestTimelines;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.util.unit.DataSize;

class PullReaderTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final UserKey ALICE = new UserKey("app", "alice");
    private static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_carol");

    private final TestTimelines timelines = new TestTimelines(redis, (_, _) -> {});
    private final PullReader reader = new PullReader(
            timelines.log(),
            TestGroups.none().extents(),
            new MessageReader(timelines.log(), new StoredRanges(timelines.store()), _ -> 0),
            TestSettings.table(timelines, database),
            new TimelineProperties(500, 400, DataSize.ofKilobytes(64), 3));

    @Test
    void aConversationWithoutMessagesIsCoveredAsItIs() {
        assertThat(pull(range(TALK, 0, 0)))
                .isEqualTo(PullReply.newBuilder()
                        .addRanges(PulledRange.newBuilder().setConversationId(TALK.conversationId()))
                        .build());
    }

    @Test
    void whatIsNotSettledIsNotRead() {
        timelines.accept(TALK, 3);

        assertThat(pull(range(TALK, 0, 0)).getRanges(0).getToSequence()).isZero();
    }

    @Test
    void aRangeComesInOrder() {
        timelines.settle(timelines.accept(TALK, 10));
        var reply = pull(range(TALK, 3, 7));

        assertThat(reply.getMore()).isFalse();
        assertThat(reply.getRanges(0).getToSequence()).isEqualTo(7);
        assertThat(sequences(reply.getRanges(0))).containsExactly(4L, 5L, 6L, 7L);
    }

    @Test
    void whatHasLeftTheWindowComesFromTheStore() {
        var messages = timelines.accept(TALK, 350);
        timelines.settle(messages);
        timelines.commit(messages);
        var reply = pull(range(TALK, 0, 0));

        assertThat(timelines
                        .log()
                        .read(List.of(new WindowRange(TALK, 0, 350, 350)))
                        .getFirst()
                        .messages())
                .hasSizeLessThan(350);
        assertThat(sequences(reply.getRanges(0)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 350).boxed().toList());
    }

    @Test
    void afterTheLossOfRedisEverythingComesFromTheStore() {
        var messages = timelines.accept(TALK, 5);
        timelines.settle(messages);
        timelines.commit(messages);
        redis.flush();

        assertThat(sequences(pull(range(TALK, 0, 0)).getRanges(0))).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void pagesEndAtTheLimitAndGoOnFromThere() {
        timelines.settle(timelines.accept(TALK, 10));
        timelines.settle(timelines.accept(OTHER, 4));
        var reply = reader.pull(
                ALICE,
                PullRequest.newBuilder()
                        .addRanges(range(TALK, 0, 0))
                        .addRanges(range(OTHER, 0, 0))
                        .setLimit(8)
                        .build());

        assertThat(reply.getMore()).isTrue();
        assertThat(reply.getRanges(0).getToSequence()).isEqualTo(8);
        assertThat(reply.getRanges(1).getToSequence()).isZero();
        assertThat(sequences(pull(range(TALK, 8, 0)).getRanges(0))).containsExactly(9L, 10L);
    }

    @Test
    void pagesEndAtTheirSizeToo() {
        timelines.settle(timelines.accept(TALK, 10, "x".repeat(20_000)));
        var reply = pull(range(TALK, 0, 0));

        assertThat(reply.getMore()).isTrue();
        assertThat(sequences(reply.getRanges(0))).containsExactly(1L, 2L, 3L);
        assertThat(reply.getRanges(0).getToSequence()).isEqualTo(3);
    }

    @Test
    void whatHasOutlivedItsRetentionIsCoveredAtOnce() {
        var messages = timelines.accept(TALK, 900);
        timelines.settle(messages);
        timelines.commit(messages);
        timelines.store().outlive(TALK.appId(), TALK.conversationId(), 600);

        var first = pull(range(TALK, 0, 0));
        assertThat(first.getRanges(0))
                .isEqualTo(PulledRange.newBuilder()
                        .setConversationId(TALK.conversationId())
                        .setToSequence(600)
                        .setOutlivedSequence(600)
                        .build());
        assertThat(first.getMore()).isTrue();
        assertThat(pull(range(TALK, 10, 20)).getRanges(0).getToSequence()).isEqualTo(20);
        assertThat(pull(range(TALK, 10, 20)).getMore()).isFalse();

        var border = pull(range(TALK, 598, 602)).getRanges(0);
        assertThat(sequences(border)).containsExactly(601L, 602L);
        assertThat(border.getOutlivedSequence()).isEqualTo(600);
        assertThat(pull(range(TALK, 600, 602)).getRanges(0).getOutlivedSequence())
                .isZero();
    }

    @Test
    void strangersReadNothing() {
        refused(ErrorCode.NOT_A_PARTICIPANT, range(new ConversationKey("app", "private_bob_carol"), 0, 0));
        refused(ErrorCode.INVALID_CONVERSATION, range(new ConversationKey("app", "private_alice"), 0, 0));
    }

    @Test
    void tooManyRangesAreRefused() {
        var four = range(TALK, 0, 0);
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> pull(four, four, four, four))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
    }

    private void refused(ErrorCode code, PullRange range) {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> pull(range))
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    private PullReply pull(PullRange... ranges) {
        return reader.pull(
                ALICE, PullRequest.newBuilder().addAllRanges(List.of(ranges)).build());
    }

    private static PullRange range(ConversationKey conversation, long after, long to) {
        return PullRange.newBuilder()
                .setConversationId(conversation.conversationId())
                .setAfterSequence(after)
                .setToSequence(to)
                .build();
    }

    private static List<Long> sequences(PulledRange range) {
        return range.getMessagesList().stream().map(ChatMessage::getSequence).toList();
    }
}
