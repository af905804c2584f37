package im.magpie.tcp.lane;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.SubmitItem;
import im.magpie.tcp.lane.SendAnswer.Acknowledged;
import im.magpie.tcp.lane.SendAnswer.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of one user that offers messages by short names to a lane, and hears what becomes of them. */
final class Sender {

    private final Lanes lanes;
    private final long connectionId;
    private final Map<String, ByteString> ids = new ConcurrentHashMap<>();
    private final Map<String, BlockingQueue<SendAnswer>> answers = new ConcurrentHashMap<>();

    Sender(Lanes lanes, long connectionId) {
        this.lanes = lanes;
        this.connectionId = connectionId;
    }

    /** Offers a message; the same name is the same message. */
    void send(String conversation, String name) {
        send(conversation, name, ByteString.copyFromUtf8(name));
    }

    void send(String conversation, String name, ByteString content) {
        var heard = answers.computeIfAbsent(name, _ -> new LinkedBlockingQueue<>());
        if (!lanes.offer(new PendingSend(item(conversation, name, content), heard::add))) {
            heard.add(lanes.busy());
        }
    }

    /** Is refused a message before it gets to a lane. */
    void hold(String conversation, String name) {
        lanes.hold(new PendingSend(item(conversation, name, ByteString.copyFromUtf8(name)), _ -> {}));
    }

    private SubmitItem item(String conversation, String name, ByteString content) {
        var id = ids.computeIfAbsent(name, _ -> ByteString.copyFrom(UuidV7.toBytes(UuidV7.next(() -> 1))));
        return SubmitItem.newBuilder()
                .setAppId("demo")
                .setSenderId("user" + connectionId)
                .setConversationId(conversation)
                .setClientMessageId(id)
                .setContent(content)
                .setConnectionId(connectionId)
                .build();
    }

    void sendAll(String conversation, String... names) {
        for (var name : names) {
            send(conversation, name);
        }
    }

    SendAnswer answer(String name) {
        var answer = poll(name, Duration.ofSeconds(10));
        assertThat(answer).as("the answer to " + name).isNotNull();
        return Objects.requireNonNull(answer);
    }

    boolean heardNothing(String name) {
        return heard(name) == null;
    }

    /** Returns the next answer that is there already. */
    @Nullable
    SendAnswer heard(String name) {
        return poll(name, Duration.ZERO);
    }

    void assertAcknowledged(String name, long sequence) {
        assertThat(answer(name))
                .isInstanceOfSatisfying(
                        Acknowledged.class,
                        answer -> assertThat(answer.sequence()).isEqualTo(sequence));
    }

    void assertRefused(String name, ErrorCode code) {
        assertThat(answer(name))
                .isInstanceOfSatisfying(
                        Refused.class, answer -> assertThat(answer.code()).isEqualTo(code));
    }

    private @Nullable SendAnswer poll(String name, Duration patience) {
        try {
            return answers.getOrDefault(name, new LinkedBlockingQueue<>())
                    .poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the names of what a call offers, as their senders gave them. */
    static List<String> names(List<SubmitItem> items) {
        var names = new ArrayList<String>();
        items.forEach(item -> names.add(item.getContent().toStringUtf8()));
        return names;
    }
}
