package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.CONVERSATION;
import static im.magpie.tcp.fixture.Requests.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ChatMessage;
import im.magpie.codec.protocol.CustomContent;
import im.magpie.codec.protocol.MessageContent;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.rpc.PullOutcome;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.push.PushRouter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Clients that ask for much and read nothing. */
class SlowClientTest {

    private static final int REPLY_BYTES = 512 * 1024;

    private static PullOutcome large() {
        var content = MessageContent.newBuilder()
                .setCustom(CustomContent.newBuilder().setData(ByteString.copyFrom(new byte[REPLY_BYTES])));
        return PullOutcome.newBuilder()
                .setReply(PullReply.newBuilder()
                        .addRanges(PulledRange.newBuilder()
                                .addMessages(ChatMessage.newBuilder().setContent(content))))
                .build();
    }

    @Test
    void areClosedAfterAWhile() {
        try (var node = new TestNode(Map.of("slow-consumer-timeout", "100ms", "limits.max-unanswered", 64));
                var client = node.login("alice")) {
            node.timelines.pulls.answeredBy(_ -> large());
            for (var i = 2; i < 60; i++) {
                client.write(Requests.pull(i, CONVERSATION));
            }
            await().until(() -> node.connections() == 0);
        }
    }

    @Test
    void areNotReadWhileTheirRepliesWaitAndSyncWhatWasLeftOut() throws InterruptedException {
        try (var node = new TestNode(Map.of("limits.max-unanswered", 32));
                var client = node.login("alice")) {
            var calls = new AtomicInteger();
            node.timelines.pulls.answeredBy(_ -> {
                calls.incrementAndGet();
                return large();
            });
            for (var i = 2; i < 102; i++) {
                client.write(Requests.pull(i, CONVERSATION));
            }
            var channel =
                    Objects.requireNonNull(node.bean(Connections.class).find(1)).channel();
            await().until(() -> !channel.config().isAutoRead() && !channel.isWritable());
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder()
                            .addItems(Pushes.message(CONVERSATION, 1, 1))
                            .build());
            client.write(sync(200));
            assertThat(calls.get()).isLessThan(100);

            var synced = 0;
            for (var i = 0; i < 101; i++) {
                // Replies come in any order.
                synced += client.read(Reply.class) instanceof Reply.SyncOk ? 1 : 0;
            }
            assertThat(synced).isEqualTo(1);
            client.write(Requests.ping(201));
            assertThat(client.read(Reply.PingOk.class).body().getSyncRequired()).isTrue();
        }
    }
}
