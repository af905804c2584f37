package im.magpie.service.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.content.Contents;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.common.broker.AcceptedMessage;
import im.magpie.common.error.MagpieException;
import im.magpie.service.conversation.Admission;
import im.magpie.service.conversation.ConversationKey;
import im.magpie.service.conversation.Offer;
import im.magpie.service.rate.MentionRateSettings;
import im.magpie.service.rate.MentionRates;
import im.magpie.service.testing.TestGroups;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.testing.TestTimelines;
import im.magpie.service.timeline.MessageReader;
import im.magpie.service.timeline.StoredRanges;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeCheckTest {

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final ConversationKey TALK = new ConversationKey("app", "private_alice_bob");
    private static final ChangeSettings SETTINGS = new ChangeSettings(Duration.ofMinutes(2), Duration.ofHours(1));

    private final TestTimelines timelines = new TestTimelines(redis, (_, _) -> {});
    private Duration later = Duration.ZERO;
    private final ChangeCheck check = new ChangeCheck(
            timelines.log(),
            new MessageReader(timelines.log(), new StoredRanges(timelines.store()), _ -> 0),
            TestGroups.none().ranks(),
            new MentionRates(() -> new MentionRateSettings(0), Ticker.systemTicker()),
            () -> redis.scripts().timeMillis() + later.toMillis(),
            () -> SETTINGS);

    @Test
    void theSenderMayChangeAMessageAndEverybodyMayReact() {
        settled("alice", Contents.text("hello"));
        assertThat(codes(
                        offer("alice", Contents.recall(1)),
                        offer("alice", Contents.edit(1, Contents.text("hi"))),
                        offer("alice", Contents.reaction(1, "👍", false)),
                        offer("bob", Contents.reaction(1, "👍", false)),
                        offer("bob", Contents.reaction(1, "👍", true))))
                .containsOnly(ErrorCode.OK);
    }

    @Test
    void nobodyElseRecallsOrEditsIt() {
        settled("alice", Contents.text("hello"));
        assertThat(codes(offer("bob", Contents.recall(1)), offer("bob", Contents.edit(1, Contents.text("hi")))))
                .containsOnly(ErrorCode.FORBIDDEN);
    }

    @Test
    void whatIsNotThereOrNotReadableYetOrAChangeItselfIsNotFound() {
        settled("alice", Contents.text("hello"));
        settled("alice", Contents.reaction(1, "👍", false));
        timelines.accept(TALK, "alice", Contents.text("not settled"));
        assertThat(codes(
                        offer("alice", Contents.recall(2)),
                        offer("alice", Contents.recall(3)),
                        offer("alice", Contents.recall(4)),
                        offer("alice", Contents.recall(Long.MAX_VALUE))))
                .containsOnly(ErrorCode.NOT_FOUND);
    }

    @Test
    void aRecalledMessageIsChangedNoMore() {
        settled("alice", Contents.text("hello"));
        settled("alice", Contents.recall(1));
        assertThat(codes(
                        offer("alice", Contents.recall(1)),
                        offer("alice", Contents.edit(1, Contents.text("hi"))),
                        offer("bob", Contents.reaction(1, "👍", false))))
                .containsOnly(ErrorCode.MESSAGE_RECALLED);
    }

    @Test
    void aMessageIsRecalledAndEditedForSomeTimeOnly() {
        settled("alice", Contents.text("hello"));
        var recall = offer("alice", Contents.recall(1));
        var edit = offer("alice", Contents.edit(1, Contents.text("hi")));
        var reaction = offer("bob", Contents.reaction(1, "👍", false));
        later = Duration.ofMinutes(3);
        assertThat(codes(recall, edit, reaction))
                .containsExactly(ErrorCode.CHANGE_TOO_LATE, ErrorCode.OK, ErrorCode.OK);
        later = Duration.ofHours(2);
        assertThat(codes(recall, edit, reaction))
                .containsExactly(ErrorCode.CHANGE_TOO_LATE, ErrorCode.CHANGE_TOO_LATE, ErrorCode.OK);
    }

    @Test
    void whoRepeatsAChangeIsNotRefusedForWhatItHasDone() {
        settled("alice", Contents.text("hello"));
        var recall = offer("alice", Contents.recall(1));
        timelines.settle(timelines.accept(List.of(recall)));
        assertThat(check.check(List.of(recall)))
                .containsExactly(new ChangeVerdict.Allowed(recall.with(Admission.RESEND)));
    }

    @Test
    void aMessageHasFiftyDifferentReactionsAtMost() {
        settled("alice", Contents.text("hello"));
        timelines.settle(timelines.accept(IntStream.range(0, 50)
                .mapToObj(i -> offer("bob", Contents.reaction(1, "e" + i, false)))
                .toList()));
        assertThat(codes(
                        offer("alice", Contents.reaction(1, "e49", false)),
                        offer("alice", Contents.reaction(1, "one more", false)),
                        offer("alice", Contents.reaction(1, "one more", true))))
                .containsExactly(ErrorCode.OK, ErrorCode.INVALID_CONTENT, ErrorCode.OK);
    }

    @Test
    void looksIntoTheStoreForOldMessages() {
        var old = List.of(settled("alice", Contents.text("hello")));
        var more = timelines.accept(TALK, 250);
        timelines.settle(more);
        timelines.commit(old);
        timelines.commit(more);
        assertThat(codes(offer("alice", Contents.recall(1)))).containsExactly(ErrorCode.OK);

        timelines.store().down(true);
        assertThatThrownBy(() -> check.check(List.of(offer("alice", Contents.recall(1)))))
                .isInstanceOfSatisfying(
                        MagpieException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    private Offer offer(String sender, MessageContent content) {
        return timelines.offer(TALK, sender, content);
    }

    private AcceptedMessage settled(String sender, MessageContent content) {
        var message = timelines.accept(TALK, sender, content);
        timelines.settle(List.of(message));
        return message;
    }

    private List<ErrorCode> codes(Offer... changes) {
        return check.check(List.of(changes)).stream()
                .map(verdict -> switch (verdict) {
                    case ChangeVerdict.Allowed _ -> ErrorCode.OK;
                    case ChangeVerdict.Refused refused -> refused.code();
                })
                .toList();
    }
}
