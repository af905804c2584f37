package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.testing.TestRedis;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClaimTest {

    private static final String FIRST = "app/private_alice_bob:1";

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    /** Makes all pending messages due now. */
    private void makeDue() {
        var pending = conversations.pending();
        pending.readAll().forEach(member -> pending.add(0, member));
    }

    @Test
    void givesNothingBeforeItIsDue() {
        conversations.accepted(3);
        assertThat(conversations.log.claim(0, 10).messages()).isEmpty();
        assertThat(conversations.pending().getScore(FIRST) - conversations.now())
                .isBetween(3_000.0, 5_000.0);
    }

    @Test
    void givesEverythingTheWayNeeds() {
        var offer = offer(conversations.id(0));
        var accepted = (Accepted) conversations.accept(offer);
        makeDue();
        var claim = conversations.log.claim(0, 10);
        assertThat(claim.epoch()).isEqualTo(conversations.epoch());
        assertThat(claim.messages())
                .containsExactly(new PendingMessage(offer.toMessage(accepted), new Origin("node-1", 7)));
    }

    @Test
    void takesWhatIsDueAwayFromOthersForATerm() {
        conversations.accepted(3);
        makeDue();
        assertThat(conversations.log.claim(0, 2).messages()).hasSize(2);
        assertThat(conversations.log.claim(0, 2).messages()).hasSize(1);
        assertThat(conversations.log.claim(0, 2).messages()).isEmpty();
        assertThat(conversations.pending().size()).isEqualTo(3);
    }

    @Test
    void theTermIsTheMessagesAgeWithinBounds() {
        conversations.accepted(1);
        for (var term : new long[][] {{1, 5}, {5, 5}, {20, 20}, {59, 59}, {300, 60}}) {
            backdate(Duration.ofSeconds(term[0]));
            makeDue();
            conversations.log.claim(0, 1);
            assertThat(conversations.pending().getScore(FIRST) - conversations.now())
                    .as("at the age of %d s", term[0])
                    .isBetween(term[1] * 1_000.0 - 2_000, term[1] * 1_000.0 + 2_000);
        }
    }

    private void backdate(Duration age) {
        conversations.change("body", FIRST, body -> body.putLong(8, conversations.now() - age.toMillis()));
    }

    @Test
    void twoClaimantsNeverGetTheSame() throws Exception {
        conversations.accepted(600);
        makeDue();
        Callable<Integer> claimant = () -> {
            var found = new HashSet<Position>();
            for (var claim = conversations.log.claim(0, 17);
                    !claim.messages().isEmpty();
                    claim = conversations.log.claim(0, 17)) {
                claim.messages()
                        .forEach(message ->
                                assertThat(found.add(message.position())).isTrue());
            }
            return found.size();
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var total = 0;
            for (var future :
                    threads.invokeAll(Stream.generate(() -> claimant).limit(4).toList())) {
                total += future.get();
            }
            assertThat(total).isEqualTo(600);
        }
    }
}
