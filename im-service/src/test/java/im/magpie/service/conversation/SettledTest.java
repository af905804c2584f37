package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.TALK;
import static im.magpie.service.conversation.Conversations.positions;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.service.testing.TestRedis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SettledTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    @Test
    void isSettledWhenConfirmedAndFinished() {
        var messages = conversations.accepted(3);
        conversations.settle(messages.subList(0, 1));
        conversations.confirm(messages.subList(1, 2));
        assertThat(conversations.log.settled(0, conversations.epoch(), positions(messages)))
                .containsExactly(true, false, false);
    }

    @Test
    void whatTheStoreHasFromBeforeTheEpochIsSettled() {
        assertThat(conversations.log.settled(0, conversations.epoch(), List.of(new Position(TALK, 5, 5))))
                .containsExactly(true);
    }
}
