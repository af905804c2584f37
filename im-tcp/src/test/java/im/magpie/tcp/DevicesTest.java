package im.magpie.tcp;

import static im.magpie.tcp.fixture.Requests.ping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.DevicesReply;
import im.magpie.codec.protocol.DevicesRequest;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.common.rpc.DevicesOutcome;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.SignOutOutcome;
import im.magpie.tcp.fixture.FakeSessions;
import im.magpie.tcp.fixture.Requests;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final SignOutRequest PHONE = SignOutRequest.newBuilder()
            .setClientType(ClientType.ANDROID)
            .setDeviceId("phone")
            .build();

    private final TestNode node = new TestNode(Map.of("devices.concurrency", 1, "devices.queue", 1));

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void theListIsWhatTheServicesSay() {
        var reply = DevicesReply.newBuilder()
                .addDevices(DeviceEntry.newBuilder().setDeviceId("phone").setOnline(true))
                .build();
        node.sessions.devices.answeredBy(call -> {
            assertThat(call.getSession().getDeviceId()).isEqualTo("device-alice");
            return DevicesOutcome.newBuilder().setReply(reply).build();
        });
        try (var client = node.login("alice")) {
            client.write(devices(2));

            assertThat(client.read(Reply.DevicesOk.class)).isEqualTo(new Reply.DevicesOk(2, reply));
        }
    }

    @Test
    void anotherDeviceIsSignedOutByTheServices() {
        node.sessions.signOuts.answeredByHand();
        try (var client = node.login("alice")) {
            client.write(new Request.SignOut(2, PHONE));
            var call = node.sessions.signOuts.next();

            assertThat(call.request().getRequest()).isEqualTo(PHONE);
            assertThat(call.request().getSession().getUserId()).isEqualTo("alice");
            assertThat(call.request().getSession().getLoginTime()).isPositive();
            call.answer(SignOutOutcome.getDefaultInstance());
            assertThat(client.read(Reply.SignOutOk.class).requestId()).isEqualTo(2);
        }
    }

    @Test
    void whatIsRefusedIsToldWithItsReason() {
        node.sessions.signOuts.answeredBy(_ -> SignOutOutcome.newBuilder()
                .setError(ErrorCode.INVALID_REQUEST)
                .setErrorMessage("not so")
                .build());
        node.sessions.devices.unreachable();
        try (var client = node.login("alice")) {
            client.write(new Request.SignOut(2, PHONE));
            var refusal = client.readFailure(2, ErrorCode.INVALID_REQUEST).detail();
            assertThat(refusal.getMessage()).isEqualTo("not so");
            assertThat(refusal.getRetryAfterMs()).isZero();

            client.write(devices(3));
            assertThat(client.readFailure(3, ErrorCode.UNAVAILABLE).detail().getRetryAfterMs())
                    .isPositive();
        }
    }

    @Test
    void whatThereIsNoRoomForIsBusyAndNothingElseWaits() {
        node.sessions.devices.answeredByHand();
        try (var client = node.login("alice")) {
            client.write(devices(2));
            var call = node.sessions.devices.next();
            client.write(devices(3), devices(4), ping(5));
            assertThat(client.readFailure(4, ErrorCode.BUSY).detail().getRetryAfterMs())
                    .isPositive();
            client.read(Reply.PingOk.class);
            call.answer(DevicesOutcome.getDefaultInstance());
            client.read(Reply.DevicesOk.class);
        }
    }

    @Test
    void aSessionKeepsWhenItsUserSigWasIssued() {
        node.sessions.logins.answeredBy(_ ->
                FakeSessions.in().toBuilder().setUserSigIssued(1_700_000_000).build());
        node.sessions.logouts.answeredByHand();
        var client = node.login("alice");
        client.close();

        var ended = node.sessions.logouts.next().request().getSessions(0);
        assertThat(ended.getUserSigIssued()).isEqualTo(1_700_000_000);
    }

    @Test
    void theNameOfADeviceGoesWithItsLogin() {
        node.sessions.logins.answeredByHand();
        var login = Requests.login(1, "alice").body().toBuilder().setDeviceName("Alice's phone");
        try (var client = node.connect()) {
            client.write(new Request.Login(1, login.build()));
            var call = node.sessions.logins.next();
            assertThat(call.request().getDeviceName()).isEqualTo("Alice's phone");
            call.answer(LoginOutcome.newBuilder()
                    .setError(ErrorCode.USER_SIG_REVOKED)
                    .build());
            client.readFailure(1, ErrorCode.USER_SIG_REVOKED);
            client.assertClosed();
        }
        await().until(() -> node.connections() == 0);
    }

    @Test
    void aNameHasALimit() {
        var login = Requests.login(1, "alice").body().toBuilder().setDeviceName("x".repeat(65));
        try (var client = node.connect()) {
            client.write(new Request.Login(1, login.build()));
            client.readFailure(1, ErrorCode.INVALID_REQUEST);
            client.assertClosed();
        }
    }

    private static Request.Devices devices(int requestId) {
        return new Request.Devices(requestId, DevicesRequest.getDefaultInstance());
    }
}
