package im.magpie.service.session;

import com.google.protobuf.InvalidProtocolBufferException;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Kicked;
import im.magpie.common.partition.Partitions;
import im.magpie.common.rpc.LoginBatch;
import im.magpie.common.rpc.LoginCall;
import im.magpie.common.rpc.LoginOutcome;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.epoch.PartitionScripts;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.index.UserIndexes;
import im.magpie.service.membership.MembershipMapper;
import im.magpie.service.push.Push;
import im.magpie.service.testing.MemoryStore;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestEpochs;
import im.magpie.service.testing.TestRedis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Sessions in the test Redis, and the kicks that leave for the nodes. */
final class TestSessions {

    static final UserKey ALICE = new UserKey("acme", "alice");
    static final UserKey BOB = new UserKey("acme", "bob");
    static final int MAX_DEVICES = 3;

    private static final Partitions PARTITIONS = new Partitions(1, 4, 1);

    private DeviceSettings policies = new DeviceSettings(DevicePolicy.UNLIMITED, Map.of());
    private final List<Push> pushes = Collections.synchronizedList(new ArrayList<>());
    private final PartitionScripts scripts;
    private final SessionTable table;
    private Runnable onPush = () -> {};
    private final Kicks kicks = new Kicks(leaving -> {
        pushes.addAll(leaving);
        onPush.run();
    });

    TestSessions(TestRedis redis) {
        this.scripts = new PartitionScripts(redis.scripts(), TestEpochs.over(redis.scripts(), new MemoryStore()));
        this.table = new SessionTable(scripts, PARTITIONS, new SessionProperties(MAX_DEVICES), () -> policies);
    }

    /** From now on this is the policy of all apps but those named. */
    void policy(DevicePolicy policy, Map<String, DevicePolicy> policies) {
        this.policies = new DeviceSettings(policy, policies);
    }

    void policy(DevicePolicy policy) {
        policy(policy, Map.of());
    }

    SessionTable table() {
        return table;
    }

    Kicks kicks() {
        return kicks;
    }

    /** Returns the index that reads the same sessions. */
    UserIndexes indexes(TestDatabase database) {
        return new UserIndexes(scripts, PARTITIONS, database.mapper(MembershipMapper.class));
    }

    /** From now on something happens whenever somebody is kicked, before whoever kicks goes on. */
    void onPush(Runnable something) {
        onPush = something;
    }

    /** Returns what was pushed so far. */
    List<Push> pushes() {
        return pushes;
    }

    /** Returns what a push of KICKED says. */
    static Kicked kicked(Push push) {
        try {
            return Kicked.parseFrom(push.body());
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns a phone on a connection that is about to log in. */
    static Session phone(UserKey user, String incarnation, long connectionId) {
        return device(user, "phone", incarnation, connectionId);
    }

    static Session device(UserKey user, String deviceId, String incarnation, long connectionId) {
        return device(user, ClientType.ANDROID, deviceId, incarnation, connectionId);
    }

    static Session device(UserKey user, ClientType type, String deviceId, String incarnation, long connectionId) {
        return new Session(
                new DeviceRoute(user, type, deviceId, incarnation, connectionId), 0, 0, LoginAttempt.UNCOUNTED);
    }

    /** Returns the same connection, asked for by a LOGIN of its client's run. */
    static Session asked(Session session, long run, int attempt) {
        return new Session(session.route(), session.loginTime(), session.sigIssued(), new LoginAttempt(run, attempt));
    }

    /** Returns the same connection after its login. */
    static Session after(Session session, Standing standing) {
        return at(session, standing.loginTime());
    }

    static Session at(Session session, long loginTime) {
        return session.at(loginTime);
    }

    /** Returns a connection as gateways name it. */
    static SessionRef ref(Session session) {
        var route = session.route();
        return SessionRef.newBuilder()
                .setAppId(route.user().appId())
                .setUserId(route.user().userId())
                .setClientType(route.clientType())
                .setDeviceId(route.deviceId())
                .setIncarnation(route.incarnation())
                .setConnectionId(route.connectionId())
                .setLoginTime(session.loginTime())
                .setUserSigIssued(session.sigIssued())
                .setRun(session.attempt().run())
                .setAttempt(session.attempt().number())
                .build();
    }

    /** Asks for one login. */
    static LoginOutcome login(SessionsProvider provider, LoginCall call) {
        return provider.login(LoginBatch.newBuilder().addCalls(call).build()).getOutcomes(0);
    }
}
