package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static im.magpie.service.conversation.Conversations.sequence;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.conversation.Acceptance.CheckAgain;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.conversation.Acceptance.Refused;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcceptTest {

    private static final long MINUTE = 60_000;
    private static final ConversationKey OTHER = new ConversationKey("app", "private_alice_carol");

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    private static Offer exempt(Offer offer) {
        return offer.with(Admission.EXEMPT);
    }

    @Test
    void numbersDenselyInTheOrderOfTheOffers() {
        var acceptances = conversations.log.accept(List.of(
                offer(conversations.id(0)),
                offer(OTHER, "alice", conversations.id(0)),
                offer(TALK, "bob", conversations.id(0)),
                offer(conversations.id(0))));

        assertThat(acceptances).extracting(Conversations::sequence).containsExactly(1L, 1L, 2L, 3L);
        assertThat(acceptances)
                .extracting(acceptance -> ((Accepted) acceptance).ordinal())
                .containsExactly(1L, 1L, 2L, 3L);
        assertThat(sequence(conversations.accept(offer(conversations.id(0))))).isEqualTo(4);
    }

    @Test
    void tellsTheTimeOfRedis() {
        var before = conversations.now();
        var accepted = (Accepted) conversations.accept(offer(conversations.id(0)));
        assertThat(accepted.serverTime()).isBetween(before, conversations.now());
    }

    @Test
    void serverTimeNeverFallsWithinAConversation() {
        conversations.accepted(1);
        conversations.age(TALK, Duration.ofHours(-1));
        var later = (Accepted) conversations.accept(offer(conversations.id(0)));
        assertThat(later.serverTime()).isGreaterThan(conversations.now() + 59 * MINUTE);
    }

    @Test
    void refusesAnIdMoreThanTenMinutesAhead() {
        var acceptances = conversations.log.accept(
                List.of(offer(conversations.id(11 * MINUTE)), offer(conversations.id(9 * MINUTE))));
        assertThat(acceptances.getFirst()).isEqualTo(new Refused(ErrorCode.CLOCK_AHEAD, Duration.ZERO));
        assertThat(sequence(acceptances.getLast())).isEqualTo(1);
    }

    @Test
    void goesOnBehindWhatTheStoreHasAndRaisesTheIndexesFirst() {
        conversations.stored(TALK, conversations.id(-60 * MINUTE), 41, conversations.now() - 60 * MINUTE);
        assertThat(sequence(conversations.accept(offer(conversations.id(0))))).isEqualTo(42);
        assertThat(conversations.raised).containsExactly(TALK);
    }

    @Test
    void isBusyWhenTooMuchIsUncommitted() {
        var bounded = new Conversations(REDIS, 3);
        var messages = bounded.accepted(3);
        var known = new Offer(
                new MessageKey(TALK, "alice", messages.getFirst().getClientMessageId()),
                messages.getFirst().getContent(),
                0,
                Origin.NONE,
                Admission.BOUNDED);
        var refused = offer(OTHER, "alice", bounded.id(0));

        var acceptances = bounded.log.accept(List.of(refused, known, exempt(offer(bounded.id(0)))));

        assertThat(acceptances.getFirst()).isInstanceOfSatisfying(Refused.class, busy -> {
            assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
            assertThat(busy.retryAfter()).isPositive();
        });
        assertThat(acceptances.get(1)).isInstanceOf(Duplicate.class);
        assertThat(sequence(acceptances.get(2))).isEqualTo(4);

        bounded.commit(messages);
        assertThat(sequence(bounded.accept(refused))).isEqualTo(1);
    }

    @Test
    void nothingSlipsPastAnOfferThatWasTurnedAway() {
        var bounded = new Conversations(REDIS, 1);
        var acceptances =
                bounded.log.accept(List.of(offer(bounded.id(0)), offer(bounded.id(0)), exempt(offer(bounded.id(0)))));
        assertThat(acceptances.get(1)).isInstanceOf(Refused.class);
        assertThat(acceptances.get(2)).isInstanceOf(Refused.class);
    }

    @Test
    void refusesWhatWasCheckedAgainstAnOlderShape() {
        conversations.store.store(offer(conversations.id(0))
                .toMessage()
                .setSequence(1)
                .setOrdinal(1)
                .setServerTime(1)
                .setShapeVersion(2)
                .build());
        var checked = offer(conversations.id(0));
        var newer = new Offer(checked.key(), checked.content(), 2, Origin.NONE, Admission.BOUNDED);

        assertThat(conversations.log.accept(List.of(offer(conversations.id(0)), newer)))
                .hasOnlyElementsOfType(CheckAgain.class);
        assertThat(sequence(conversations.accept(newer))).isEqualTo(2);
    }

    @Test
    void cutsALargeCallAndKeepsItsOrder() {
        var offers = new ArrayList<Offer>();
        for (var i = 0; i < 2_500; i++) {
            offers.add(offer(conversations.id(0)));
        }
        assertThat(conversations.log.accept(offers))
                .extracting(Conversations::sequence)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2_500).boxed().toList());
    }

    @Test
    void holdsALaterChunkBehindAnEarlierOnesLookup() {
        var large = ByteString.copyFrom(new byte[3 << 20]);
        var old = conversations.id(-30 * MINUTE);
        var offers = List.of(old, conversations.id(0), conversations.id(0)).stream()
                .map(id -> new Offer(
                        new MessageKey(TALK, "alice", offer(id).key().clientMessageId()),
                        large,
                        0,
                        Origin.NONE,
                        Admission.BOUNDED))
                .toList();
        assertThat(conversations.log.accept(offers))
                .extracting(Conversations::sequence)
                .containsExactly(1L, 2L, 3L);
    }

    @Test
    void keepsWhatTheWayNeeds() {
        var messages = conversations.accepted(2);
        assertThat(conversations.pending().readAll())
                .containsExactlyInAnyOrder("app/private_alice_bob:1", "app/private_alice_bob:2");
        assertThat(conversations.hash("body").keySet())
                .containsExactlyInAnyOrder("app/private_alice_bob:1", "app/private_alice_bob:2");
        assertThat(conversations.text("uncommitted").keySet()).hasSize(2);
        assertThat(conversations.text("buckets").readAllValues()).containsExactly("2");
        assertThat(messages)
                .allSatisfy(message -> assertThat(message.getEpoch()).isEqualTo(conversations.epoch()));
    }

    @Test
    void turnsAwayWhatTheStoreCannotBeAskedFor() {
        conversations.epoch();
        conversations.accepted(OTHER, 1);
        conversations.store.down(true);
        var acceptances = conversations.log.accept(
                List.of(offer(conversations.id(0)), offer(OTHER, "alice", conversations.id(0))));
        assertThat(acceptances.getFirst())
                .isInstanceOfSatisfying(
                        Refused.class, busy -> assertThat(busy.code()).isEqualTo(ErrorCode.BUSY));
        assertThat(sequence(acceptances.getLast())).isEqualTo(2);

        conversations.store.down(false);
        assertThat(sequence(conversations.accept(offer(conversations.id(0))))).isEqualTo(1);
    }
}
