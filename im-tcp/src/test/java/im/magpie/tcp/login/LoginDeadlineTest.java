package im.magpie.tcp.login;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.frame.FrameLimits;
import im.magpie.codec.frame.Wire;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.tcp.connection.Connection;
import im.magpie.tcp.connection.Connections;
import im.magpie.tcp.delivery.DeliveryMeters;
import im.magpie.tcp.delivery.DeliverySettings;
import im.magpie.tcp.fixture.Calls;
import im.magpie.tcp.fixture.ConnectionRates;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.Requests;
import im.magpie.tcp.session.ServerClock;
import im.magpie.tcp.session.SessionEnds;
import im.magpie.tcp.work.BatchSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginDeadlineTest {

    private final FakeSessions sessions = new FakeSessions();
    private final SessionEnds ends = new SessionEnds(new BatchSettings(10, 10), sessions);
    private final LoginSettings settings = new LoginSettings(Duration.ofSeconds(5), 1, 1, 1);
    private final Authenticator authenticator = new Authenticator(
            settings,
            "life",
            sessions,
            new Connections(),
            ends,
            new ServerClock(Clock.systemUTC()),
            new SimpleMeterRegistry());
    private final MockTicker ticker = Ticker.newMockTicker();
    private final EmbeddedChannel channel =
            EmbeddedChannel.builder().ticker(ticker).build();

    LoginDeadlineTest() {
        var connection = Connection.open(
                1,
                channel,
                new DeliverySettings(1, List.of(Duration.ofSeconds(5))),
                new DeliveryMeters(new SimpleMeterRegistry()),
                ConnectionRates.unlimited());
        channel.pipeline()
                .addLast(new LoginHandler(
                        connection,
                        Wire.ofServer(FrameLimits.DEFAULT),
                        settings,
                        authenticator,
                        new Welcome("gateway-1", Duration.ofSeconds(15), 1000),
                        _ -> new ChannelInboundHandlerAdapter()));
    }

    @AfterEach
    void close() {
        authenticator.close();
        ends.close();
    }

    private void pass(long seconds) {
        ticker.advance(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    @Test
    void aConnectionThatDoesNotLogInInTimeCloses() {
        pass(4);
        assertThat(channel.isOpen()).isTrue();
        pass(1);

        Reply.Failure failure = channel.readOutbound();
        assertThat(failure.code()).isEqualTo(ErrorCode.LOGIN_TIMEOUT);
        assertThat(failure.requestId()).isZero();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void theDeadlineIsForTheRequestAndNotForItsAnswer() {
        sessions.logins.answeredByHand();
        channel.writeInbound(Requests.login(1, "alice"));
        Calls.Call<?, ?> call = sessions.logins.next();
        pass(60);

        assertThat(channel.isOpen()).isTrue();
        assertThat(channel.outboundMessages()).isEmpty();
        assertThat(call.answer().isDone()).isFalse();
    }
}
