package im.magpie.service.session;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.codec.protocol.ClientType.WEB;
import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.at;
import static im.magpie.service.session.TestSessions.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.SignOutRequest;
import im.magpie.common.error.MagpieException;
import im.magpie.common.readiness.Readiness;
import im.magpie.common.readiness.ReadinessSettings;
import im.magpie.common.rpc.DevicesCall;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.rpc.SessionBatch;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.rpc.SignOutCall;
import im.magpie.service.app.TestApps;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.device.TestDevices;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.user.TestUsers;
import im.magpie.service.usersig.TestTokens;
import im.magpie.service.usersig.Tokens;
import im.magpie.service.usersig.UserSigProperties;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where users are signed in, and how that ends: over the calls of gateways. */
class UserDevicesTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private static final DeviceKey PHONE = new DeviceKey(ALICE, ANDROID, "phone");
    private static final DeviceKey LAPTOP = new DeviceKey(ALICE, LINUX, "laptop");

    private final Instant now = Instant.now();
    private final String oldSig = TestTokens.userSig(ACME, "alice", now.minusSeconds(60));
    private final String newSig = TestTokens.userSig(ACME, "alice", now.plusSeconds(60));

    private final TestSessions sessions = new TestSessions(REDIS);
    private final TestUsers users = new TestUsers(DATABASE, Ticker.systemTicker());
    private final TestDevices devices = new TestDevices(DATABASE);
    private final UserDevices userDevices =
            new UserDevices(sessions.table(), devices.log(), devices.signOuts(), sessions.kicks());
    private final SessionsProvider provider = provider();
    private long connections;

    private SessionsProvider provider() {
        var tokens = new Tokens(TestApps.of(ACME), new UserSigProperties(Duration.ZERO), InstantSource.system());
        var signOuts = devices.signOuts();
        return new SessionsProvider(
                new Logins(tokens, users.states(), signOuts, sessions.table(), sessions.kicks(), devices.log()),
                new Reconciliation(sessions.table(), users.states(), signOuts, sessions.kicks(), devices.log()),
                userDevices,
                new Readiness(
                        List.of(), new ReadinessSettings(Duration.ofSeconds(1), Duration.ZERO), System::nanoTime));
    }

    @BeforeEach
    void aliceAndBobAreThere() {
        users.add(ALICE, BOB);
    }

    @Test
    void theListTellsThoseThatAreOnlineFromThoseThatWere() {
        var laptop = loggedIn(LAPTOP, oldSig);
        var phone = loggedIn(PHONE, oldSig);
        provider.logout(batch(laptop));
        devices.log().write();

        var entries = list(phone);

        assertThat(entries).extracting(DeviceEntry::getDeviceId).containsExactly("phone", "laptop");
        assertThat(entries).extracting(DeviceEntry::getOnline).containsExactly(true, false);
        assertThat(entries).extracting(DeviceEntry::getCurrent).containsExactly(true, false);
        assertThat(entries).extracting(DeviceEntry::getClientType).containsExactly(ANDROID, LINUX);
        assertThat(entries).extracting(DeviceEntry::getDeviceName).containsExactly("the phone", "the laptop");
        var left = entries.getLast();
        assertThat(left.getFirstLoginTime()).isEqualTo(laptop.getLoginTime());
        assertThat(left.getLastLoginTime()).isEqualTo(laptop.getLoginTime());
        assertThat(left.getLastActiveTime()).isGreaterThanOrEqualTo(phone.getLoginTime());
    }

    @Test
    void aDeviceThatIsOnlineIsListedBeforeItIsWritten() {
        var phone = loggedIn(PHONE, oldSig);

        var entry = list(phone).getFirst();

        assertThat(entry.getDeviceId()).isEqualTo("phone");
        assertThat(entry.getOnline()).isTrue();
        assertThat(entry.getFirstLoginTime()).isEqualTo(phone.getLoginTime());
        assertThat(list(loggedIn(new DeviceKey(BOB, WEB, "tab"), TestTokens.userSig(ACME, "bob"))))
                .hasSize(1);
    }

    @Test
    void aHeartbeatIsActivity() {
        var phone = loggedIn(PHONE, oldSig);

        provider.reconcile(batch(phone));
        devices.log().write();

        assertThat(list(phone).getFirst().getLastActiveTime()).isGreaterThanOrEqualTo(phone.getLoginTime());
        assertThat(devices.log().of(ALICE)).hasSize(1);
    }

    @Test
    void aDeviceThatIsSignedOutIsKickedWhereverItIsAndLeavesTheList() {
        var phone = loggedIn(PHONE, oldSig);
        var laptop = loggedIn(LAPTOP, oldSig);
        devices.log().write();

        assertThat(signOut(laptop, PHONE)).isEqualTo(ErrorCode.OK);

        var push = sessions.pushes().getFirst();
        assertThat(push.command()).isEqualTo(Command.KICKED);
        assertThat(push.devices()).extracting("incarnation").containsExactly(phone.getIncarnation());
        var kicked = TestSessions.kicked(push);
        assertThat(kicked.getReason()).isEqualTo(KickReason.SIGNED_OUT);
        assertThat(kicked.getByClientType()).isEqualTo(LINUX);
        assertThat(kicked.getByDeviceId()).isEqualTo("laptop");
        assertThat(state(laptop)).isEqualTo(CURRENT);
        assertThat(list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
        // Its connection closes now.
        provider.logout(batch(phone));
        devices.log().write();
        assertThat(list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
    }

    @Test
    void itComesBackWithAnotherUserSigOnly() {
        loggedIn(PHONE, oldSig);
        var laptop = loggedIn(LAPTOP, oldSig);
        signOut(laptop, PHONE);

        assertThat(login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(login(PHONE, TestTokens.undated(ACME, "alice")).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(login(LAPTOP, oldSig).getError()).isEqualTo(ErrorCode.OK);
        var back = loggedIn(PHONE, newSig);

        assertThat(state(back)).isEqualTo(CURRENT);
        assertThat(list(back)).extracting(DeviceEntry::getDeviceId).containsExactlyInAnyOrder("phone", "laptop");
    }

    @Test
    void aDeviceThatIsAwayIsSignedOutToo() {
        provider.logout(batch(loggedIn(PHONE, oldSig)));
        devices.log().write();
        var laptop = loggedIn(LAPTOP, oldSig);

        signOut(laptop, PHONE);

        assertThat(sessions.pushes()).isEmpty();
        assertThat(list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
        assertThat(login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
    }

    @Test
    void aBusinessSystemWhoseClockIsAheadSignsOutWhatItHasIssued() {
        loggedIn(PHONE, newSig);
        userDevices.signOut(PHONE);
        assertThat(login(PHONE, newSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);

        provider.logout(batch(loggedIn(LAPTOP, newSig)));
        devices.log().write();
        userDevices.signOut(LAPTOP);
        assertThat(login(LAPTOP, newSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
    }

    @Test
    void whoWasSignedOutPutsNobodyElseOut() {
        sessions.policy(DevicePolicy.SINGLE);
        loggedIn(PHONE, oldSig);
        userDevices.signOut(PHONE);
        var laptop = loggedIn(LAPTOP, oldSig);

        login(PHONE, oldSig);

        assertThat(state(laptop)).isEqualTo(CURRENT);
    }

    @Test
    void whoDidNotHearOfItHearsItWhenItAnnouncesItself() {
        var phone = loggedIn(PHONE, oldSig);
        userDevices.signOut(PHONE);

        assertThat(state(phone)).isEqualTo(UNKNOWN);
        assertSignedOut(phone);
    }

    @Test
    void aLostRedisBringsNobodyBack() {
        var phone = loggedIn(PHONE, oldSig);
        var laptop = loggedIn(LAPTOP, oldSig);
        devices.signOuts().add(PHONE, now.getEpochSecond());
        REDIS.flush();

        assertSignedOut(phone);
        assertThat(provider.announce(batch(laptop)).getOutcomes(0).getState()).isEqualTo(CURRENT);
        assertThat(list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
    }

    @Test
    void aDeviceThatHasComeBackMeanwhileStays() {
        var phone = loggedIn(PHONE, TestTokens.userSig(ACME, "alice", now.plusSeconds(3_600)));
        var before = loggedIn(LAPTOP, oldSig);
        devices.signOuts().add(PHONE, now.getEpochSecond());
        REDIS.flush();

        assertThat(provider.announce(batch(phone)).getOutcomes(0).getState()).isEqualTo(CURRENT);
        assertThat(provider.announce(batch(before)).getOutcomes(0).getState()).isEqualTo(CURRENT);
    }

    @Test
    void nobodySignsHimselfOutSo() {
        var phone = loggedIn(PHONE, oldSig);

        assertThat(signOut(phone, PHONE)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(state(phone)).isEqualTo(CURRENT);
    }

    @Test
    void nobodySignsOutWhatCouldNotBeADevice() {
        var phone = loggedIn(PHONE, oldSig);

        assertThat(signOut(phone, ANDROID, "a b")).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(signOut(phone, ClientType.CLIENT_TYPE_UNSPECIFIED, "")).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(state(phone)).isEqualTo(CURRENT);
    }

    @Test
    void whoHasBeenSignedOutOrSupersededSignsNobodyElseOut() {
        var phone = loggedIn(PHONE, oldSig);
        var laptop = loggedIn(LAPTOP, oldSig);
        signOut(laptop, PHONE);
        assertThat(signOut(phone, LAPTOP)).isEqualTo(ErrorCode.UNAVAILABLE);

        loggedIn(LAPTOP, oldSig);
        assertThat(signOut(laptop, PHONE)).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void othersDevicesOfTheSameNameStay() {
        var bobs = loggedIn(new DeviceKey(BOB, ANDROID, "phone"), TestTokens.userSig(ACME, "bob"));
        var laptop = loggedIn(LAPTOP, oldSig);

        signOut(laptop, PHONE);

        assertThat(state(bobs)).isEqualTo(CURRENT);
    }

    @Test
    void theBusinessSystemSignsAllDevicesOut() {
        var phone = loggedIn(PHONE, oldSig);
        var laptop = loggedIn(LAPTOP, oldSig);
        var bobs = loggedIn(new DeviceKey(BOB, ANDROID, "phone"), TestTokens.userSig(ACME, "bob"));

        userDevices.signOutAll(ALICE);

        assertThat(sessions.pushes().getFirst().devices())
                .extracting("incarnation")
                .containsExactlyInAnyOrder(phone.getIncarnation(), laptop.getIncarnation());
        assertThat(TestSessions.kicked(sessions.pushes().getFirst()).getReason()).isEqualTo(KickReason.SIGNED_OUT);
        assertThat(login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(login(new DeviceKey(ALICE, WEB, "new"), oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(login(PHONE, newSig).getError()).isEqualTo(ErrorCode.OK);
        assertThat(state(bobs)).isEqualTo(CURRENT);
    }

    @Test
    void whileTheDatabaseIsAwayNobodyIsPutOutByALoginThatFails() {
        sessions.policy(DevicePolicy.SINGLE);
        var phone = loggedIn(PHONE, oldSig);

        DATABASE.stoppedDuring(() -> {
            assertThat(login(LAPTOP, oldSig).getError()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(state(phone)).isEqualTo(CURRENT);
        });
    }

    @Test
    void namesOfDevicesHaveALimit() {
        var session = TestSessions.device(ALICE, ANDROID, "phone", "node-a", 1);
        var call = LoginCall.newBuilder()
                .setSession(ref(session))
                .setUserSig(oldSig)
                .setDeviceName("x".repeat(65));

        assertThat(provider.login(call.build()).getError()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void onlyWhoHasLoggedInAsks() {
        var session = ref(TestSessions.device(ALICE, ANDROID, "phone", "node-a", 1));

        assertThat(provider.devices(DevicesCall.newBuilder().setSession(session).build())
                        .getError())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> userDevices.signOut(PHONE, at(TestSessions.phone(ALICE, "node-a", 1), 1)))
                .returns(ErrorCode.INVALID_REQUEST, MagpieException::code);
    }

    private LoginOutcome login(DeviceKey device, String userSig) {
        return provider.login(call(connection(device), device, userSig));
    }

    private SessionRef loggedIn(DeviceKey device, String userSig) {
        var connection = connection(device);
        var outcome = provider.login(call(connection, device, userSig));
        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        return connection.toBuilder()
                .setLoginTime(outcome.getServerTime())
                .setUserSigIssued(outcome.getUserSigIssued())
                .build();
    }

    /** On a node of its own. */
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

    private List<DeviceEntry> list(SessionRef asking) {
        var outcome =
                provider.devices(DevicesCall.newBuilder().setSession(asking).build());
        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        return outcome.getReply().getDevicesList();
    }

    private ErrorCode signOut(SessionRef by, DeviceKey device) {
        return signOut(by, device.clientType(), device.deviceId());
    }

    private ErrorCode signOut(SessionRef by, ClientType type, String deviceId) {
        var request = SignOutRequest.newBuilder().setClientType(type).setDeviceId(deviceId);
        return provider.signOut(SignOutCall.newBuilder()
                        .setSession(by)
                        .setRequest(request)
                        .build())
                .getError();
    }

    private ReconcileOutcome.State state(SessionRef connection) {
        return provider.reconcile(batch(connection)).getOutcomes(0).getState();
    }

    private void assertSignedOut(SessionRef connection) {
        var outcome = provider.announce(batch(connection)).getOutcomes(0);
        assertThat(outcome.getState()).isEqualTo(ReconcileOutcome.State.SUPERSEDED);
        assertThat(outcome.getKicked().getReason()).isEqualTo(KickReason.SIGNED_OUT);
        assertThat(state(connection)).isEqualTo(UNKNOWN);
    }

    private static SessionBatch batch(SessionRef connection) {
        return SessionBatch.newBuilder().addSessions(connection).build();
    }
}
