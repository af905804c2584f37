package im.magpie.service.session;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.codec.protocol.ClientType.WEB;
import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.session.Gateways.LAPTOP;
import static im.magpie.service.session.Gateways.PHONE;
import static im.magpie.service.session.TestSessions.ALICE;
import static im.magpie.service.session.TestSessions.BOB;
import static im.magpie.service.session.TestSessions.at;
import static im.magpie.service.session.TestSessions.ref;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.rpc.DevicesCall;
import im.magpie.common.rpc.LoginCall;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.usersig.TestTokens;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where a user is signed in. */
class DeviceListTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Gateways gateways = new Gateways(DATABASE, REDIS);
    private final String userSig = TestTokens.userSig(ACME, "alice");

    @BeforeEach
    void aliceAndBobAreThere() {
        gateways.addUsers();
    }

    @Test
    void theListTellsThoseThatAreOnlineFromThoseThatWere() {
        var laptop = gateways.loggedIn(LAPTOP, userSig);
        var phone = gateways.loggedIn(PHONE, userSig);
        gateways.logout(laptop);
        gateways.devices().log().write();

        var entries = gateways.list(phone);

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
        var phone = gateways.loggedIn(PHONE, userSig);

        var entry = gateways.list(phone).getFirst();

        assertThat(entry.getDeviceId()).isEqualTo("phone");
        assertThat(entry.getOnline()).isTrue();
        assertThat(entry.getFirstLoginTime()).isEqualTo(phone.getLoginTime());
        assertThat(gateways.list(gateways.loggedIn(new DeviceKey(BOB, WEB, "tab"), TestTokens.userSig(ACME, "bob"))))
                .hasSize(1);
    }

    @Test
    void aDeviceOfWhichNothingIsHeardIsNotOnline() {
        var laptop = gateways.loggedIn(LAPTOP, userSig);
        var longAgo = Instant.now().minus(Duration.ofHours(1)).toEpochMilli();
        gateways.sessions().table().put(List.of(at(TestSessions.phone(ALICE, "dead-node", 1), longAgo)));

        var entries = gateways.list(laptop);

        assertThat(entries).extracting(DeviceEntry::getDeviceId).containsExactly("laptop", "phone");
        assertThat(entries).extracting(DeviceEntry::getOnline).containsExactly(true, false);
        assertThat(entries.getLast().getLastActiveTime()).isEqualTo(longAgo);
    }

    @Test
    void aHeartbeatIsActivity() {
        var phone = gateways.loggedIn(PHONE, userSig);

        gateways.state(phone);
        gateways.devices().log().write();

        assertThat(gateways.list(phone).getFirst().getLastActiveTime()).isGreaterThanOrEqualTo(phone.getLoginTime());
        assertThat(gateways.devices().log().of(ALICE)).hasSize(1);
    }

    @Test
    void namesOfDevicesHaveALimit() {
        var session = TestSessions.device(ALICE, ANDROID, "phone", "node-a", 1);
        var call = LoginCall.newBuilder()
                .setSession(ref(session))
                .setUserSig(userSig)
                .setDeviceName("x".repeat(65));

        assertThat(TestSessions.login(gateways.provider(), call.build()).getError())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void onlyWhoHasLoggedInAsks() {
        var session = ref(TestSessions.device(ALICE, ANDROID, "phone", "node-a", 1));

        assertThat(gateways.provider()
                        .devices(DevicesCall.newBuilder().setSession(session).build())
                        .getError())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }
}
