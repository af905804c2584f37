package im.magpie.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.bench.MeasurementException;
import im.magpie.bench.client.Peer;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.ErrorDetail;
import im.magpie.codec.protocol.LoginReply;
import im.magpie.codec.protocol.LoginRequest;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GreeterTest {

    private final Meter meter = new Meter();
    private final Greeter greeter =
            new Greeter(IntStream.range(0, 10).mapToObj(i -> "b" + i).toList(), meter);
    private final Peer peer = new Peer(LoginRequest.newBuilder().setUserId("a").build(), greeter);
    private final EmbeddedChannel channel = new EmbeddedChannel(peer);

    @BeforeEach
    void entersTheRoom() {
        channel.outboundMessages().clear();
        greeter.entered(peer, LoginReply.getDefaultInstance());
    }

    @Test
    void everybodyHearsFromHimOnce() {
        var greeted = new ArrayList<String>();
        for (var some = written(); !some.isEmpty(); some = written()) {
            assertThat(some).hasSizeLessThanOrEqualTo(8);
            some.forEach(send -> {
                greeted.add(send.body().getConversationId());
                accepted(send);
            });
        }

        assertThat(greeted)
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "private_a_b" + i).toList());
        assertThat(meter.counts().accepted()).isEqualTo(10);
    }

    @Test
    void offersTheSameMessageAgainWhenHeIsTooFast() {
        var first = written().getFirst();
        refused(first, ErrorCode.RATE_LIMITED);
        assertThat(written()).isEmpty();

        channel.advanceTimeBy(20, TimeUnit.MILLISECONDS);
        channel.runPendingTasks();

        var again = written();
        assertThat(again).hasSize(1);
        assertThat(again.getFirst().body()).isEqualTo(first.body());
        assertThat(meter.counts().refused()).isEqualTo(1);
    }

    @Test
    void failsWhenHeMayNotWrite() {
        refused(written().getFirst(), ErrorCode.FORBIDDEN);

        assertThatThrownBy(meter::counts)
                .isInstanceOf(MeasurementException.class)
                .hasMessageContaining("FORBIDDEN");
    }

    private void accepted(Request.Send send) {
        greeter.replied(peer, Command.SEND_VALUE, send.requestId(), Unpooled.EMPTY_BUFFER);
    }

    private void refused(Request.Send send, ErrorCode code) {
        var detail = ErrorDetail.newBuilder().setRetryAfterMs(20).build();
        greeter.refused(peer, Command.SEND_VALUE, send.requestId(), code, detail);
    }

    /** Returns what he has written since this was called last. */
    private List<Request.Send> written() {
        var sends = new ArrayList<Request.Send>();
        for (Request.Send send = channel.readOutbound(); send != null; send = channel.readOutbound()) {
            sends.add(send);
        }
        return sends;
    }
}
