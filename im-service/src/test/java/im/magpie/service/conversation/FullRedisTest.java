package im.magpie.service.conversation;

import static im.magpie.service.conversation.Conversations.offer;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.service.conversation.Acceptance.Duplicate;
import im.magpie.service.conversation.Acceptance.Refused;
import im.magpie.service.testing.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.redisson.api.redisnode.RedisNodes;

/** A full Redis takes nothing new, and what it has taken is finished all the same. */
class FullRedisTest {

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Conversations conversations = new Conversations(REDIS);

    private static void limitMemory(String bytes) {
        REDIS.client().getRedisNodes(RedisNodes.SINGLE).getInstance().setConfig("maxmemory", bytes);
    }

    @AfterEach
    void free() {
        limitMemory("0");
    }

    @Test
    void whatWasAcceptedIsSettledAndLetGo() {
        var messages = conversations.accepted(250);
        limitMemory("1");

        assertThat(conversations.accept(offer(conversations.id(0))))
                .isInstanceOfSatisfying(
                        Refused.class, busy -> assertThat(busy.code()).isEqualTo(ErrorCode.BUSY));
        conversations.pending().readAll();
        assertThat(conversations.log.claim(0, 10).messages()).isEmpty();
        assertThat(conversations.confirm(messages)).containsOnly(Confirmation.CONFIRMED);
        conversations.finish(messages);
        conversations.commit(messages);
        assertThat(conversations.hash("body")).hasSize(200);

        var first = messages.getFirst();
        assertThat(conversations.accept(new Offer(
                        new MessageKey(Conversations.TALK, "alice", first.getClientMessageId()),
                        first.getContent(),
                        0,
                        Origin.NONE,
                        Admission.BOUNDED)))
                .isInstanceOf(Duplicate.class);
    }
}
