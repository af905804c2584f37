package im.magpie.tcp;

import static im.magpie.tcp.fixture.FakeMessages.outcomes;
import static im.magpie.tcp.fixture.FakeMessages.settled;
import static im.magpie.tcp.fixture.Requests.id;
import static im.magpie.tcp.fixture.Requests.ping;
import static im.magpie.tcp.fixture.Requests.send;
import static im.magpie.tcp.fixture.Requests.sync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.packet.ServerPacket;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.live.LiveSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;

class RateTest {

    private static final Map<String, Object> SLOW = Map.of(
            "limits.rate.requests-per-second", 1,
            "limits.rate.request-burst", 3,
            "limits.rate.bytes-per-second", 20_000,
            "limits.rate.byte-burst", 10_000);

    private final TestNode node = new TestNode(SLOW);
    private final TestClient client = node.login("alice");

    @AfterEach
    void close() {
        client.close();
        node.close();
    }

    @Test
    void whoAsksTooFastIsToldWhenToComeBack() {
        client.write(sync(2), sync(3), sync(4), sync(5), ping(6));

        Reply.Failure failure = null;
        for (var replies = 0; replies < 5; replies++) {
            switch (answer()) {
                case Reply.Failure refused -> failure = refused;
                case Reply.SyncOk ok -> assertThat(ok.requestId()).isBetween(2, 4);
                case Reply.PingOk pong -> assertThat(pong.requestId()).isEqualTo(6);
                default -> throw new AssertionError("something else");
            }
        }
        assertThat(failure).isNotNull().satisfies(refused -> {
            assertThat(refused.requestId()).isEqualTo(5);
            assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
            assertThat(refused.detail().getRetryAfterMs()).isBetween(100, 2_002);
        });
        await().until(() -> answer(sync(7)) instanceof Reply.SyncOk);
    }

    @Test
    void anotherConnectionHasARateOfItsOwn() {
        client.write(sync(2), sync(3), sync(4));
        try (var other = node.login("bob")) {
            other.write(sync(2), sync(3), sync(4));
            for (var i = 0; i < 3; i++) {
                other.read(Reply.SyncOk.class);
            }
        }
    }

    @Test
    void nothingOvertakesAMessageThatWasRefused() {
        client.write(send(2, 1), send(3, 2), send(4, 3), send(5, 4));
        client.readFailure(5, ErrorCode.RATE_LIMITED);
        for (var requestId = 2; requestId <= 4; requestId++) {
            assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(requestId);
        }

        await().until(() -> answer(send(6, 5)) instanceof Reply.Failure failure && failure.code() == ErrorCode.BUSY);
        await().until(() -> answer(send(7, 4)) instanceof Reply.SendOk);
        await().until(() ->
                answer(send(8, 5)) instanceof Reply.SendOk ok && ok.body().getSequence() == 5);
    }

    @Test
    void aResendOfWhatIsUnderWayWaitsForItsAnswer() {
        node.messages.submits.answeredByHand();
        client.write(send(2, 1));
        var call = node.messages.submits.next();
        client.write(sync(3), sync(4), send(5, 1), sync(6));
        var heard = List.of(answer(), answer(), answer());
        assertThat(heard)
                .filteredOn(Reply.Failure.class::isInstance)
                .extracting(packet -> ((Reply.Failure) packet).requestId())
                .containsExactly(6);
        call.answer(outcomes(settled(1)));

        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(2);
        assertThat(client.read(Reply.SendOk.class).requestId()).isEqualTo(5);
    }

    @Test
    void tooManyBytesAreTooFastToo() {
        client.write(send(2, id(1), "x".repeat(20_000)));

        client.readFailure(2, ErrorCode.RATE_LIMITED);
        await().until(() -> answer(sync(3)) instanceof Reply.SyncOk);
    }

    @Test
    void theRateCanBeChangedAtRunTime() {
        client.write(sync(2), sync(3), sync(4));
        for (var i = 0; i < 3; i++) {
            client.read(Reply.SyncOk.class);
        }

        var free = new MapPropertySource("free", Map.of("im.tcp.limits.rate.requests-per-second", "0"));
        assertThat(node.bean(LiveSettings.class).change(free)).isTrue();

        for (var requestId = 5; requestId < 50; requestId++) {
            assertThat(answer(sync(requestId))).isInstanceOf(Reply.SyncOk.class);
        }
    }

    private ServerPacket answer(Request request) {
        client.write(request);
        return answer();
    }

    private ServerPacket answer() {
        var packet = client.readPacket();
        assertThat(packet).isNotNull();
        return packet;
    }
}
