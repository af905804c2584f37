package im.magpie.tcp.connection;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.PingReply;
import im.magpie.codec.protocol.PingRequest;
import im.magpie.codec.protocol.PushAck;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.fixture.ConnectionRates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flow.FlowControlHandler;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnansweredLimitTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(new FlowControlHandler(), new UnansweredLimit(2));
    private final Connection connection = Connection.open(
            1,
            channel,
            new DeliverySettings(1, List.of(Duration.ofSeconds(5))),
            new DeliveryMeters(new SimpleMeterRegistry()),
            ConnectionRates.unlimited());

    private static Request ping(int requestId) {
        return new Request.Ping(requestId, PingRequest.getDefaultInstance());
    }

    private static Reply pong(int requestId) {
        return new Reply.PingOk(requestId, PingReply.getDefaultInstance());
    }

    private boolean reading() {
        return channel.config().isAutoRead();
    }

    @Test
    void stopsReadingAtTheLimitAndGoesOnBelowIt() {
        channel.writeInbound(ping(1));
        assertThat(reading()).isTrue();
        channel.writeInbound(ping(2));
        assertThat(reading()).isFalse();

        channel.writeOutbound(pong(1));
        assertThat(reading()).isTrue();
        assertThat(UnansweredLimit.noneOf(connection)).isFalse();
        channel.writeOutbound(pong(2));
        assertThat(UnansweredLimit.noneOf(connection)).isTrue();
    }

    @Test
    void whatIsDecodedAlreadyWaitsToo() {
        channel.writeInbound(ping(1), ping(2), ping(3));
        assertThat(channel.inboundMessages()).hasSize(2);

        channel.writeOutbound(pong(1));
        assertThat(channel.inboundMessages()).hasSize(3);
    }

    @Test
    void aReplyCountsOnceTheSocketHasTakenIt() {
        channel.writeInbound(ping(1), ping(2));
        channel.write(pong(1));
        assertThat(reading()).isFalse();

        channel.flushOutbound();
        assertThat(reading()).isTrue();
    }

    @Test
    void noticesAndRequestsWithoutANumberDoNotCount() {
        var notice = new Request.PushAcknowledgement(0, PushAck.getDefaultInstance());
        channel.writeInbound(notice, notice, ping(0));
        channel.writeOutbound(pong(0));

        assertThat(reading()).isTrue();
        assertThat(UnansweredLimit.noneOf(connection)).isTrue();
    }

    @Test
    void requestsThatNobodyAnswersAreForgotten() {
        channel.writeInbound(ping(1), ping(2));
        UnansweredLimit.forget(connection, 2);

        assertThat(reading()).isTrue();
        assertThat(UnansweredLimit.noneOf(connection)).isTrue();
    }
}
