package im.magpie.service.session;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.ref;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.common.readiness.Readiness;
import im.magpie.common.readiness.ReadinessSettings;
import im.magpie.common.rpc.DevicesCall;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.rpc.ReconcileOutcome.State;
import im.magpie.common.rpc.SessionBatch;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SignOutCall;
import im.magpie.service.app.TestApps;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.device.TestDevices;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.user.TestUsers;
import im.magpie.service.usersig.Tokens;
import im.magpie.service.usersig.UserSigProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What gateways hear of Alice's and Bob's devices, each of which connects to a node of its own. */
final class Gateways {

    static final DeviceKey PHONE = new DeviceKey(ALICE, ANDROID, "phone");
    static final DeviceKey LAPTOP = new DeviceKey(ALICE, LINUX, "laptop");
    static final DeviceKey BOBS_PHONE = new DeviceKey(BOB, ANDROID, "phone");

    private final TestSessions sessions;
    private final TestUsers users;
    private final TestDevices devices;
    private final UserDevices userDevices;
    private final SessionsProvider provider;
    private long connections;

    Gateways(TestDatabase database, TestRedis redis) {
        this.sessions = new TestSessions(redis);
        this.users = new TestUsers(database, Ticker.systemTicker());
        this.devices = new TestDevices(database);
        var tokens = new Tokens(TestApps.of(ACME), new UserSigProperties(Duration.ZERO), InstantSource.system());
        var table = sessions.table();
        this.userDevices = new UserDevices(table, devices.log(), devices.signOuts(), sessions.kicks());
        this.provider = new SessionsProvider(
                new Logins(tokens, users.states(), devices.signOuts(), table, sessions.kicks(), devices.log()),
                new Reconciliation(table, users.states(), devices.signOuts(), sessions.kicks(), devices.log()),
                userDevices,
                new Readiness(
                        List.of(), new ReadinessSettings(Duration.ofSeconds(1), Duration.ZERO), System::nanoTime));
    }

    /** Imports Alice and Bob. */
    void addUsers() {
        users.add(ALICE, BOB);
    }

    TestSessions sessions() {
        return sessions;
    }

    TestDevices devices() {
        return devices;
    }

    UserDevices userDevices() {
        return userDevices;
    }

    SessionsProvider provider() {
        return provider;
    }

    LoginOutcome login(DeviceKey device, String userSig) {
        return TestSessions.login(provider, call(connection(device), device, userSig));
    }

    /** Returns a connection that is logged in. */
    SessionRef loggedIn(DeviceKey device, String userSig) {
        var connection = connection(device);
        var outcome = TestSessions.login(provider, call(connection, device, userSig));
        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        return connection.toBuilder()
                .setLoginTime(outcome.getServerTime())
                .setUserSigIssued(outcome.getUserSigIssued())
                .build();
    }

    private SessionRef connection(DeviceKey device) {
        connections++;
        var node = "node-" + connections;
        return ref(TestSessions.device(device.user(), device.clientType(), device.deviceId(), node, connections));
    }

    private static LoginCall call(SessionRef connection, DeviceKey device, String userSig) {
        return LoginCall.newBuilder()
                .setSession(connection)
                .setUserSig(userSig)
                .setDeviceName("the " + device.deviceId())
                .build();
    }

    void logout(SessionRef connection) {
        provider.logout(batch(connection));
    }

    /** Says what a connection is, as its heartbeat asks. */
    State state(SessionRef connection) {
        return provider.reconcile(batch(connection)).getOutcomes(0).getState();
    }

    ReconcileOutcome announce(SessionRef connection) {
        return provider.announce(batch(connection)).getOutcomes(0);
    }

    List<DeviceEntry> list(SessionRef asking) {
        var outcome =
                provider.devices(DevicesCall.newBuilder().setSession(asking).build());
        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        return outcome.getReply().getDevicesList();
    }

    ErrorCode signOut(SessionRef by, DeviceKey device) {
        return signOut(by, device.clientType(), device.deviceId());
    }

    ErrorCode signOut(SessionRef by, ClientType type, String deviceId) {
        var request = SignOutRequest.newBuilder().setClientType(type).setDeviceId(deviceId);
        return provider.signOut(SignOutCall.newBuilder()
                        .setSession(by)
                        .setRequest(request)
                        .build())
                .getError();
    }

    private static SessionBatch batch(SessionRef connection) {
        return SessionBatch.newBuilder().addSessions(connection).build();
    }
}
