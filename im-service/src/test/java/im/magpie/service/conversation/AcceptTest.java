package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.conversation.Acceptance.Accepted;
import im.magpie.service.testing.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcceptTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void numbersDenselyInTheOrderOfTheOffers() {
        var other = new ConversationKey("app", "private_alice_carol");
        var acceptances = conversations.log.accept(List.of(
                offer(conversations.id(0)),
                offer(other, "alice", conversations.id(0)),
                offer(TALK, "bob", conversations.id(0)),
                offer(conversations.id(0))));

        assertThat(acceptances)
                .extracting(acceptance -> ((Accepted) acceptance).sequence())
                .containsExactly(1L, 1L, 2L, 3L);
        assertThat(acceptances)
                .extracting(acceptance -> ((Accepted) acceptance).ordinal())
                .containsExactly(1L, 1L, 2L, 3L);
        assertThat(conversations.accept(offer(conversations.id(0))))
                .isInstanceOfSatisfying(Accepted.class, next -> assertThat(next.sequence()).isEqualTo(4));
    }
}
