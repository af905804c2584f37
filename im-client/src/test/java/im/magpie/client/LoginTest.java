package im.magpie.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import im.magpie.client.testing.Await;
import im.magpie.client.testing.Ears;
import im.magpie.client.testing.FakeConnection;
import im.magpie.client.testing.FakeGateway;
import im.magpie.client.testing.TestClients;
import im.magpie.codec.id.UuidV7;
import im.magpie.codec.packet.Push;
import im.magpie.codec.packet.Reply;
import im.magpie.codec.packet.Request;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.GoAway;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.codec.protocol.LogoutReply;
import im.magpie.codec.protocol.SyncReply;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoginTest {

    private final FakeGateway gateway = new FakeGateway();
    private final Ears ears = new Ears();
    private ClientOptions options = TestClients.alice(gateway, ears);

    @AfterEach
    void close() {
        gateway.close();
    }

    private void userSigs(Supplier<String> supplier) {
        options = new ClientOptions(
                options.account(),
                options.gateways(),
                supplier,
                options.store(),
                ears,
                options.initialHistory(),
                options.timings(),
                null,
                options.eventLoops());
    }

    @Test
    void saysWhoLogsInAndIsReadyWhenItHasCaughtUp() {
        try (var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            var login = connection.login().body();
            assertThat(login.getAppId()).isEqualTo("demo");
            assertThat(login.getUserId()).isEqualTo("alice");
            assertThat(login.getUserSig()).isEqualTo("sig of alice");
            assertThat(login.getClientType()).isEqualTo(ClientType.LINUX);
            assertThat(login.getDeviceId()).isEqualTo("alice-shell");
            assertThat(login.getDeviceName()).isEqualTo("shell of alice");

            var sync = connection.next(Request.Sync.class);
            assertThat(sync.body().hasSince()).isFalse();
            assertThat(client.ready()).isNotDone();
            connection.write(new Reply.SyncOk(sync.requestId(), SyncReply.getDefaultInstance()));
            Await.value(client.ready());
            assertThat(client.node()).isEqualTo("node-1");
            assertThat(ears.states).containsExactly(ClientState.ONLINE);
        }
    }

    @Test
    void connectsAgainWhenTheConnectionIsLost() {
        try (var client = MagpieClient.start(options)) {
            var first = gateway.accept();
            first.welcome();
            Await.value(client.ready());
            first.close();
            gateway.accept().welcome();
            assertThat(List.of(state(), state(), state()))
                    .containsExactly(ClientState.ONLINE, ClientState.CONNECTING, ClientState.ONLINE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "USER_SIG_INVALID",
                "USER_SIG_REVOKED",
                "UNKNOWN_APP",
                "UNKNOWN_USER",
                "USER_DISABLED",
                "INVALID_REQUEST"
            })
    void givesUpWhenItIsRefusedForGood(ErrorCode code) {
        try (var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            connection.refuse(connection.next(Request.Login.class), code);
            assertThat(codeOf(Await.failure(client.ready()))).isEqualTo(code);
            assertThat(state()).isEqualTo(ClientState.CLOSED);
            assertThat(codeOf(Await.failure(client.sendText(TestClients.CONVERSATION, "hi"))))
                    .isEqualTo(code);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "BUSY", "INTERNAL", "LOGIN_TIMEOUT"})
    void triesAgainWhenItIsRefusedForNow(ErrorCode code) {
        try (var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            var first = connection.next(Request.Login.class);
            connection.refuse(first, code);
            var next = gateway.accept();
            var second = next.login();
            next.synced(SyncReply.getDefaultInstance());
            Await.value(client.ready());
            assertThat(first.body().getRun())
                    .isNotZero()
                    .isEqualTo(second.body().getRun());
            assertThat(first.body().getAttempt()).isLessThan(second.body().getAttempt());
        }
    }

    @Test
    void asksOnceMoreWhenTheUserSigHasExpired() {
        Queue<String> sigs = new ArrayDeque<>(List.of("old", "new"));
        userSigs(sigs::remove);
        try (var client = MagpieClient.start(options)) {
            var first = gateway.accept();
            first.refuse(first.next(Request.Login.class), ErrorCode.USER_SIG_EXPIRED);
            assertThat(gateway.accept().login().body().getUserSig()).isEqualTo("new");
        }
    }

    @Test
    void givesUpWhenTheNextUserSigHasExpiredToo() {
        try (var client = MagpieClient.start(options)) {
            for (var i = 0; i < 2; i++) {
                var connection = gateway.accept();
                connection.refuse(connection.next(Request.Login.class), ErrorCode.USER_SIG_EXPIRED);
            }
            assertThat(codeOf(Await.failure(client.ready()))).isEqualTo(ErrorCode.USER_SIG_EXPIRED);
        }
    }

    @Test
    void triesAgainWhenASupplierFails() {
        Queue<String> sigs = new ArrayDeque<>(List.of("sig"));
        var asked = new ArrayDeque<>(List.of(true, false));
        userSigs(() -> {
            if (asked.remove()) {
                throw new IllegalStateException("the business system is away");
            }
            return sigs.remove();
        });
        try (var client = MagpieClient.start(options)) {
            gateway.accept().welcome();
            Await.value(client.ready());
        }
    }

    @Test
    void givesUpWhenASupplierSaysSo() {
        userSigs(() -> {
            throw new RequestFailedException(ErrorCode.FORBIDDEN, "wrong password", 0);
        });
        try (var client = MagpieClient.start(options)) {
            assertThat(codeOf(Await.failure(client.ready()))).isEqualTo(ErrorCode.FORBIDDEN);
        }
    }

    @Test
    void goesToAnotherGatewayWhenOneIsAway() {
        var gone = new FakeGateway();
        gone.close();
        options = new ClientOptions(
                options.account(),
                () -> List.of(gone.address(), gateway.address()),
                options.userSig(),
                options.store(),
                ears,
                0,
                options.timings(),
                null,
                options.eventLoops());
        try (var client = MagpieClient.start(options)) {
            gateway.accept().welcome();
            Await.value(client.ready());
        }
    }

    @Test
    void staysAwayOnceItWasKicked() {
        try (var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            connection.welcome();
            var kicked = Kicked.newBuilder()
                    .setReason(KickReason.SUPERSEDED)
                    .setByDeviceId("laptop")
                    .build();
            connection.write(new Push.Kicked(kicked));
            assertThat(Await.next(ears.kicks, "the kick")).isEqualTo(kicked);
            assertThat(ears.states).containsExactly(ClientState.ONLINE, ClientState.CLOSED);
            Await.value(connection.closed());
            assertThat(codeOf(Await.failure(client.sendText(TestClients.CONVERSATION, "hi"))))
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void goesWhereItIsSent() {
        try (var other = new FakeGateway();
                var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            connection.welcome();
            var sent = client.sendText(TestClients.CONVERSATION, "hi");
            var send = connection.next(Request.Send.class);
            connection.write(new Push.GoAway(
                    GoAway.newBuilder().setAddress(other.address().toString()).build()));
            Await.value(connection.closed());

            var next = other.accept();
            next.login();
            next.synced(SyncReply.getDefaultInstance());
            assertThat(next.next(Request.Send.class).body()).isEqualTo(send.body());
            assertThat(sent).isNotDone();
        }
    }

    @Test
    void connectsAnywhereWhenItIsSentAwayWithoutAnAddress() {
        try (var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            connection.welcome();
            connection.write(new Push.GoAway(GoAway.getDefaultInstance()));
            gateway.accept().welcome();
            Await.value(connection.closed());
            Await.value(client.ready());
        }
    }

    @Test
    void takesTheTimeOfItsIdsFromTheServersClock() {
        try (var client = MagpieClient.start(options)) {
            var connection = gateway.accept();
            var hour = 3_600_000;
            connection.login(FakeConnection.WELCOME.toBuilder()
                    .setServerTime(System.currentTimeMillis() + hour)
                    .build());
            connection.synced(SyncReply.getDefaultInstance());
            Await.value(client.ready());
            client.sendText(TestClients.CONVERSATION, "hi");
            var id = connection.next(Request.Send.class).body().getClientMessageId();
            assertThat(UuidV7.timeMillis(UuidV7.parse(id))).isGreaterThan(System.currentTimeMillis() + hour / 2);
        }
    }

    @Test
    void logsOutAndCloses() {
        var client = MagpieClient.start(options);
        var connection = gateway.accept();
        connection.welcome();
        Await.value(client.ready());
        var loggedOut = client.logout();
        var logout = connection.next(Request.Logout.class);
        connection.write(new Reply.LogoutOk(logout.requestId(), LogoutReply.getDefaultInstance()));
        Await.value(loggedOut);
        Await.value(connection.closed());
        assertThat(codeOf(Await.failure(client.unsent()))).isEqualTo(ErrorCode.UNAVAILABLE);
        client.close();
    }

    @Test
    void whatAClosedClientIsAskedFails() {
        var client = MagpieClient.start(options.withEventLoops(null));
        client.close();
        client.close();
        assertThat(codeOf(Await.failure(client.ready()))).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(codeOf(Await.failure(client.sendText(TestClients.CONVERSATION, "hi"))))
                .isEqualTo(ErrorCode.UNAVAILABLE);
    }

    private ClientState state() {
        return Await.next(ears.states, "a state");
    }

    private static ErrorCode codeOf(Throwable failure) {
        return assertThat(failure)
                .asInstanceOf(type(RequestFailedException.class))
                .actual()
                .code();
    }
}
