package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.login;
import static im.magpie.tcp.fixture.Requests.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.LoginRequest;
import im.magpie.common.broker.PushEnvelope;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.tcp.fixture.FakeMessages;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.Pushes;
import im.magpie.tcp.login.Authenticator;
import im.magpie.tcp.push.PushRouter;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginTest {

    private final TestNode node = new TestNode(Map.of("node-id", "gate-7", "login.calls", 1, "login.queue", 1));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void tellsAClientWhatItHasToKnow() {
        try (var client = node.connect()) {
            var reply = client.login("alice").body();

            assertThat(reply.getNodeId()).isEqualTo("gate-7");
            assertThat(reply.getServerTime()).isEqualTo(FakeMessages.SERVER_TIME);
            assertThat(reply.getIndexVersion()).isEqualTo(FakeSessions.VERSION);
            assertThat(reply.getHeartbeatIntervalMs()).isEqualTo(15_000);
            assertThat(reply.getMaxBodyBytes()).isEqualTo(1024 * 1024);
        }
    }

    @Test
    void theServicesHearWhoseConnectionItIs() {
        node.sessions.logins.answeredByHand();
        try (var client = node.connect()) {
            client.write(login(9, "alice"));
            var call = node.sessions.logins.next();

            assertThat(call.request().getUserSig()).isEqualTo("signed");
            assertThat(call.request().getSession().getUserId()).isEqualTo("alice");
            assertThat(call.request().getSession().getDeviceId()).isEqualTo("device-alice");
            assertThat(call.request().getSession().getIncarnation()).startsWith("gate-7.");
            assertThat(call.request().getSession().getConnectionId()).isPositive();
            call.answer(FakeSessions.in());
            assertThat(client.read(Reply.LoginOk.class).requestId()).isEqualTo(9);
        }
    }

    @Test
    void aRefusedLoginIsAnsweredAndItsConnectionCloses() {
        node.sessions.logins.answeredBy(_ -> LoginOutcome.newBuilder()
                .setError(ErrorCode.USER_SIG_EXPIRED)
                .setErrorMessage("expired")
                .build());
        try (var client = node.connect()) {
            client.write(login(1, "alice"));

            assertThat(client.readFailure(1, ErrorCode.USER_SIG_EXPIRED)
                            .detail()
                            .getMessage())
                    .isEqualTo("expired");
            client.assertClosed();
        }
        await().until(() -> node.connections() == 0);
    }

    @Test
    void anotherFirstPacketIsRefused() {
        try (var client = node.connect()) {
            client.write(ping(4));
            client.readFailure(4, ErrorCode.LOGIN_REQUIRED);
            client.assertClosed();
        }
    }

    @Test
    void aLoginThatNamesNobodyIsRefused() {
        try (var client = node.connect()) {
            client.write(new Request.Login(
                    1, LoginRequest.newBuilder().setAppId("demo").build()));
            client.readFailure(1, ErrorCode.INVALID_REQUEST);
            client.assertClosed();
        }
    }

    @Test
    void aSecondLoginIsRefusedAndTheConnectionLives() {
        try (var client = node.login("alice")) {
            client.write(login(2, "alice"), ping(3));
            client.readFailure(2, ErrorCode.ALREADY_LOGGED_IN);
            assertThat(client.read(Reply.PingOk.class).requestId()).isEqualTo(3);
        }
    }

    @Test
    void whatIsWrittenBehindALoginWaitsForIt() {
        node.sessions.logins.answeredByHand();
        try (var client = node.connect()) {
            client.write(login(1, "alice"), ping(2), ping(3));
            node.sessions.logins.next().answer(FakeSessions.in());

            client.read(Reply.LoginOk.class);
            assertThat(client.read(Reply.PingOk.class).requestId()).isEqualTo(2);
            assertThat(client.read(Reply.PingOk.class).requestId()).isEqualTo(3);
        }
    }

    @Test
    void pushesThatComeBeforeTheLoginsAnswerGoOutBehindIt() throws InterruptedException {
        node.sessions.logins.answeredByHand();
        try (var client = node.connect()) {
            client.write(login(1, "alice"));
            var call = node.sessions.logins.next();
            var connection = call.request().getSession().getConnectionId();
            node.bean(PushRouter.class)
                    .route(PushEnvelope.newBuilder()
                            .addItems(Pushes.message("private_alice_bob", 1, connection))
                            .build());
            call.answer(FakeSessions.in());

            client.read(Reply.LoginOk.class);
            assertThat(client.read(Push.Messages.class).body().getMessages(0).getSequence())
                    .isEqualTo(1);
        }
    }

    @Test
    void aConnectionThatClosesDuringItsLoginHasNoSession() {
        node.sessions.logins.answeredByHand();
        node.sessions.logouts.answeredByHand();
        var client = node.connect();
        client.write(login(1, "alice"));
        var call = node.sessions.logins.next();
        client.close();
        call.answer(FakeSessions.in());

        var ended = node.sessions.logouts.next().request().getSessions(0);
        assertThat(ended)
                .isEqualTo(call.request().getSession().toBuilder()
                        .setLoginTime(FakeMessages.SERVER_TIME)
                        .build());
    }

    @Test
    void unreachableServicesMayHaveBegunASession() {
        node.sessions.logins.unreachable();
        node.sessions.logouts.answeredByHand();
        try (var client = node.connect()) {
            client.write(login(1, "alice"));
            assertThat(client.readFailure(1, ErrorCode.UNAVAILABLE).detail().getRetryAfterMs())
                    .isPositive();
            client.assertClosed();
        }
        assertThat(node.sessions.logouts.next().request().getSessions(0).getUserId())
                .isEqualTo("alice");
    }

    @Test
    void onlySoManyConnectionsAreTaken() {
        try (var small = new TestNode(Map.of("listen.max-connections", 1));
                var first = small.login("alice");
                var second = small.connect()) {
            second.assertClosed();
            first.write(ping(2));
            first.read(Reply.PingOk.class);
        }
    }

    @Test
    void onlySoManyLoginsAreTakenOn() {
        node.sessions.logins.answeredByHand();
        try (var first = node.connect();
                var second = node.connect();
                var third = node.connect()) {
            first.write(login(1, "alice"));
            var call = node.sessions.logins.next();
            second.write(login(1, "bob"));
            await().until(() -> node.bean(Authenticator.class).waiting() == 1);
            third.write(login(1, "carol"));
            third.readFailure(1, ErrorCode.BUSY);
            third.assertClosed();

            call.answer(FakeSessions.in());
            first.read(Reply.LoginOk.class);
            node.sessions.logins.next().answer(FakeSessions.in());
            second.read(Reply.LoginOk.class);
        }
    }
}
