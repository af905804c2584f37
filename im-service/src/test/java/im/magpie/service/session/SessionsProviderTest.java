package im.magpie.service.session;

import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.SUPERSEDED;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.app.TestApps.OTHER;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.at;
import static im.magpie.service.session.TestSessions.device;
import static im.magpie.service.session.TestSessions.phone;
import static im.magpie.service.session.TestSessions.ref;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.benmanes.caffeine.cache.Ticker;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.common.error.MagpieException;
import im.magpie.common.readiness.Readiness;
import im.magpie.common.readiness.ReadinessSettings;
import im.magpie.common.rpc.LoginBatch;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.ReconcileOutcome;
import im.magpie.common.rpc.SessionBatch;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.app.TestApps;
import im.magpie.service.device.TestDevices;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.user.TestUsers;
import im.magpie.service.user.UserDisabled;
import im.magpie.service.usersig.TestTokens;
import im.magpie.service.usersig.Tokens;
import im.magpie.service.usersig.UserSigProperties;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsProviderTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final TestSessions sessions = new TestSessions(REDIS);
    private final TestUsers users = new TestUsers(DATABASE, Ticker.systemTicker());
    private final TestDevices devices = new TestDevices(DATABASE);
    private final DisabledUsers disabled =
            new DisabledUsers(sessions.indexes(DATABASE), sessions.table(), sessions.kicks());
    private final SessionsProvider provider = provider();

    private SessionsProvider provider() {
        var tokens = new Tokens(TestApps.of(ACME, OTHER), new UserSigProperties(Duration.ZERO), InstantSource.system());
        return new SessionsProvider(
                new Logins(
                        tokens, users.states(), devices.signOuts(), sessions.table(), sessions.kicks(), devices.log()),
                new Reconciliation(
                        sessions.table(), users.states(), devices.signOuts(), sessions.kicks(), devices.log()),
                new UserDevices(sessions.table(), devices.log(), devices.signOuts(), sessions.kicks()),
                new Readiness(
                        List.of(), new ReadinessSettings(Duration.ofSeconds(1), Duration.ZERO), System::nanoTime));
    }

    @BeforeEach
    void aliceAndBobAreThere() {
        users.add(ALICE, BOB);
    }

    @Test
    void aGoodUserSigLetsIn() {
        var outcome = login(phone(ALICE, "node-a", 1));

        assertThat(outcome.getError()).isEqualTo(ErrorCode.OK);
        assertThat(outcome.getServerTime()).isPositive();
        assertThat(outcome.getIndexVersion().getEpoch()).isPositive();
    }

    @Test
    void nothingElseDoes() {
        var session = phone(ALICE, "node-a", 1);

        assertThat(login(session, TestTokens.userSig(ACME, "bob")).getError()).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(login(session, TestTokens.userSig(OTHER, "alice")).getError())
                .isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(login(session, TestTokens.admin(ACME)).getError()).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(login(session, "").getError()).isEqualTo(ErrorCode.USER_SIG_INVALID);
        assertThat(login(phone(new UserKey("acme", "carol"), "node-a", 1)).getError())
                .isEqualTo(ErrorCode.UNKNOWN_USER);
        assertThat(login(phone(new UserKey("nobody", "alice"), "node-a", 1)).getError())
                .isEqualTo(ErrorCode.UNKNOWN_APP);
        assertThat(reconcile(ref(at(session, 1)))).containsExactly(UNKNOWN);
    }

    @Test
    void aDeviceNobodyCouldNameIsRefused() {
        var good = ref(phone(ALICE, "node-a", 1));

        for (var bad : List.of(
                good.toBuilder().setDeviceId("").build(),
                good.toBuilder().setDeviceId("a b").build(),
                good.toBuilder()
                        .setClientType(ClientType.CLIENT_TYPE_UNSPECIFIED)
                        .build(),
                good.toBuilder().setClientTypeValue(99).build(),
                good.toBuilder().setUserId("a~b").build(),
                good.toBuilder().setAppId("").build(),
                good.toBuilder().setIncarnation("node a").build())) {
            var call = LoginCall.newBuilder().setSession(bad).setUserSig(TestTokens.userSig(ACME, "alice"));
            assertThat(TestSessions.login(provider, call.build()).getError()).isEqualTo(ErrorCode.INVALID_REQUEST);
        }
    }

    @Test
    void ofManyLoginsEachIsAnsweredForItself() {
        var carol = new UserKey(ACME.id(), "carol");
        var alices = TestTokens.userSig(ACME, "alice");
        var outcomes = provider.login(LoginBatch.newBuilder()
                        .addCalls(call(phone(ALICE, "node-a", 1), alices))
                        .addCalls(call(phone(BOB, "node-a", 2), alices))
                        .addCalls(call(phone(carol, "node-a", 3), TestTokens.userSig(ACME, "carol")))
                        .addCalls(call(phone(ALICE, "node a", 4), alices))
                        .addCalls(call(phone(BOB, "node-a", 5), TestTokens.userSig(ACME, "bob")))
                        .build())
                .getOutcomesList();

        assertThat(outcomes)
                .extracting(LoginOutcome::getError)
                .containsExactly(
                        ErrorCode.OK,
                        ErrorCode.USER_SIG_INVALID,
                        ErrorCode.UNKNOWN_USER,
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.OK);
        assertThat(reconcile(
                        ref(at(phone(ALICE, "node-a", 1), outcomes.getFirst().getServerTime())),
                        ref(at(phone(BOB, "node-a", 5), outcomes.getLast().getServerTime()))))
                .containsOnly(ReconcileOutcome.State.CURRENT);
    }

    @Test
    void ofTwoLoginsOfADeviceInOneCallTheLaterStays() {
        var alices = TestTokens.userSig(ACME, "alice");
        var outcomes = provider.login(LoginBatch.newBuilder()
                        .addCalls(call(phone(ALICE, "node-a", 1), alices))
                        .addCalls(call(phone(ALICE, "node-a", 2), alices))
                        .build())
                .getOutcomesList();

        assertThat(outcomes).extracting(LoginOutcome::getError).containsOnly(ErrorCode.OK);
        assertThat(reconcile(
                        ref(at(phone(ALICE, "node-a", 1), outcomes.getFirst().getServerTime())),
                        ref(at(phone(ALICE, "node-a", 2), outcomes.getLast().getServerTime()))))
                .containsExactly(ReconcileOutcome.State.SUPERSEDED, ReconcileOutcome.State.CURRENT);
    }

    @Test
    void aLoginKicksTheDevicesOlderConnectionOnItsNode() {
        login(phone(ALICE, "node-a", 1));

        login(phone(ALICE, "node-b", 2));

        var push = sessions.pushes().getFirst();
        assertThat(push.command()).isEqualTo(Command.KICKED);
        assertThat(push.devices()).containsExactly(phone(ALICE, "node-a", 1).route());
        assertThat(TestSessions.kicked(push).getReason()).isEqualTo(KickReason.SUPERSEDED);
        assertThat(TestSessions.kicked(push).getByDeviceId()).isEqualTo("phone");
    }

    @Test
    void ofManyLoginsAtOnceOneStays() {
        var connections = IntStream.range(0, 16)
                .mapToObj(i -> phone(ALICE, "node-" + i, i))
                .toList();

        var logins =
                connections.stream()
                        .map(session -> CompletableFuture.supplyAsync(() -> loggedIn(session)))
                        .toList()
                        .stream()
                        .map(CompletableFuture::join)
                        .toList();

        var states = provider.reconcile(batch(logins)).getOutcomesList();
        assertThat(states).filteredOn(outcome -> outcome.getState() == CURRENT).hasSize(1);
        assertThat(states)
                .filteredOn(outcome -> outcome.getState() == SUPERSEDED)
                .hasSize(15);
        assertThat(sessions.pushes()).hasSize(15);
        var winner = logins.get(IntStream.range(0, 16)
                .filter(i -> states.get(i).getState() == CURRENT)
                .findFirst()
                .orElseThrow());
        assertThat(logins).allMatch(ref -> ref.getLoginTime() <= winner.getLoginTime());
    }

    @Test
    void logoutEndsOnlyWhatIsStillTheConnectionsOwn() {
        var first = loggedIn(phone(ALICE, "node-a", 1));
        var second = loggedIn(phone(ALICE, "node-b", 2));

        provider.logout(batch(List.of(first)));
        assertThat(reconcile(second)).containsExactly(CURRENT);

        provider.logout(batch(List.of(second.toBuilder().setLoginTime(0).build())));
        assertThat(reconcile(second)).containsExactly(UNKNOWN);
    }

    @Test
    void afterAnEmptiedRedisConnectionsAnnounceThemselves() {
        var phone = loggedIn(phone(ALICE, "node-a", 1));
        var tablet = loggedIn(device(ALICE, "tablet", "node-b", 2));
        var bobs = loggedIn(phone(BOB, "node-a", 3));
        REDIS.flush();

        assertThat(reconcile(phone, tablet, bobs)).containsOnly(UNKNOWN);
        assertThat(announce(phone, tablet, bobs)).containsOnly(CURRENT);
        assertThat(reconcile(phone, tablet, bobs)).containsOnly(CURRENT);
    }

    @Test
    void theSupersededStaySuperseded() {
        var first = loggedIn(phone(ALICE, "node-a", 1));
        var second = loggedIn(phone(ALICE, "node-b", 2));
        sessions.pushes().clear();

        assertThat(announce(first)).containsExactly(SUPERSEDED);
        REDIS.flush();
        assertThat(announce(first)).containsExactly(CURRENT);
        assertThat(announce(second)).containsExactly(CURRENT);

        assertThat(sessions.pushes().getFirst().devices())
                .extracting("incarnation")
                .containsExactly("node-a");
        assertThat(reconcile(first)).containsExactly(SUPERSEDED);
    }

    @Test
    void theAnswerCarriesTheIndexVersionAndTheReason() {
        var first = loggedIn(phone(ALICE, "node-a", 1));
        loggedIn(phone(ALICE, "node-b", 2));

        var outcome = provider.reconcile(batch(List.of(first))).getOutcomes(0);

        assertThat(outcome.getIndexVersion().getEpoch()).isPositive();
        assertThat(outcome.getKicked().getByDeviceId()).isEqualTo("phone");
    }

    @Test
    void whoIsDisabledIsKickedEverywhere() {
        var phone = loggedIn(phone(ALICE, "node-a", 1));
        var tablet = loggedIn(device(ALICE, "tablet", "node-b", 2));
        var bobs = loggedIn(phone(BOB, "node-a", 3));

        users.disable(ALICE);
        disabled.disabled(new UserDisabled(ALICE));

        var push = sessions.pushes().getFirst();
        assertThat(push.devices()).extracting("incarnation").containsExactlyInAnyOrder("node-a", "node-b");
        assertThat(TestSessions.kicked(push).getReason()).isEqualTo(KickReason.DISABLED);
        assertThat(reconcile(phone, tablet, bobs)).containsExactly(UNKNOWN, UNKNOWN, CURRENT);
    }

    @Test
    void whoIsDisabledIsNotLetInAgain() {
        var phone = loggedIn(phone(ALICE, "node-a", 1));
        users.disable(ALICE);
        disabled.disabled(new UserDisabled(ALICE));

        assertThat(login(phone(ALICE, "node-b", 2)).getError()).isEqualTo(ErrorCode.USER_DISABLED);
        var outcome = provider.announce(batch(List.of(phone))).getOutcomes(0);
        assertThat(outcome.getState()).isEqualTo(SUPERSEDED);
        assertThat(outcome.getKicked().getReason()).isEqualTo(KickReason.DISABLED);
        assertThat(reconcile(phone)).containsExactly(UNKNOWN);
    }

    @Test
    void aLoginThatHasNotHeardOfTheDisablingFindsOut() {
        users.states().requireEnabled(ALICE);
        users.disableElsewhere(ALICE);

        assertThat(login(phone(ALICE, "node-a", 1)).getError()).isEqualTo(ErrorCode.USER_DISABLED);
        assertThat(reconcile(ref(at(phone(ALICE, "node-a", 1), 1)))).containsExactly(UNKNOWN);
    }

    @Test
    void onlyWhatHasLoggedInIsAnnounced() {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(() -> announce(ref(phone(ALICE, "node-a", 1))))
                .returns(ErrorCode.INVALID_REQUEST, MagpieException::code);
    }

    private LoginOutcome login(Session session) {
        var user = session.user();
        var app = user.appId().equals(ACME.id()) ? ACME : OTHER;
        return login(session, TestTokens.userSig(app, user.userId()));
    }

    private LoginOutcome login(Session session, String userSig) {
        return TestSessions.login(provider, call(session, userSig));
    }

    private static LoginCall call(Session session, String userSig) {
        return LoginCall.newBuilder()
                .setSession(ref(session))
                .setUserSig(userSig)
                .build();
    }

    private SessionRef loggedIn(Session session) {
        return ref(at(session, login(session).getServerTime()));
    }

    private List<ReconcileOutcome.State> reconcile(SessionRef... connections) {
        return states(provider.reconcile(batch(Arrays.asList(connections))).getOutcomesList());
    }

    private List<ReconcileOutcome.State> announce(SessionRef... connections) {
        return states(provider.announce(batch(Arrays.asList(connections))).getOutcomesList());
    }

    private static List<ReconcileOutcome.State> states(List<ReconcileOutcome> outcomes) {
        return outcomes.stream().map(ReconcileOutcome::getState).toList();
    }

    private static SessionBatch batch(List<SessionRef> connections) {
        return SessionBatch.newBuilder().addAllSessions(connections).build();
    }
}
