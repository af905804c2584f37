package im.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.bench.client.MessageReader;
import im.magpie.bench.client.Peer;
import im.magpie.bench.load.Chatter.Conversation;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.codec.protocol.PullReply;
import im.magpie.codec.protocol.PulledRange;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InboxTest {

    private static final String GROUP = "group_a";

    private final Meter meter = new Meter();
    private final Peer peer = new Peer(
            LoginRequest.getDefaultInstance(),
            new Chatter(new Conversation(GROUP, 0, 1, 100, 8), 1, meter, new MessageReader()));
    private final EmbeddedChannel channel = new EmbeddedChannel(peer);
    private final Inbox inbox = new Inbox(GROUP, 1, meter, new MessageReader(), new Timeline(0, 1));

    @BeforeEach
    void isLoggedIn() {
        channel.outboundMessages().clear();
    }

    @Test
    void asksOnceMoreWhenItHearsThatPushesWereLeftOutWhileItAsks() {
        inbox.pull(peer);
        inbox.pull(peer);
        assertThat(pulls()).containsExactly(0L);

        inbox.pulled(peer, covering(7));
        assertThat(pulls()).containsExactly(7L);

        inbox.pulled(peer, covering(9));
        assertThat(pulls()).isEmpty();
        assertThat(inbox.timeline().position()).isEqualTo(9);
    }

    /** Returns behind which sequences it has asked since this was called last. */
    private List<Long> pulls() {
        var pulls = new ArrayList<Long>();
        for (Request.Pull pull = channel.readOutbound(); pull != null; pull = channel.readOutbound()) {
            pulls.add(pull.body().getRanges(0).getAfterSequence());
        }
        return pulls;
    }

    private static ByteBuf covering(long sequence) {
        return Unpooled.wrappedBuffer(PullReply.newBuilder()
                .addRanges(PulledRange.newBuilder().setConversationId(GROUP).setToSequence(sequence))
                .build()
                .toByteArray());
    }
}
