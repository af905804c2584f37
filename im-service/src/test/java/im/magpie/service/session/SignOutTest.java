package im.magpie.service.session;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.codec.protocol.ClientType.WEB;
import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static im.magpie.common.rpc.ReconcileOutcome.State.SUPERSEDED;
import static im.magpie.common.rpc.ReconcileOutcome.State.UNKNOWN;
import static im.magpie.service.app.TestApps.ACME;
import static im.magpie.service.session.Gateways.BOBS_PHONE;
import static im.magpie.service.session.Gateways.LAPTOP;
import static im.magpie.service.session.Gateways.PHONE;
import static im.magpie.service.session.TestSessions.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.common.rpc.SessionRef;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.testing.TestDatabase;
import im.magpie.service.testing.TestRedis;
import im.magpie.service.usersig.TestTokens;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A device is signed out, and does not come back by what it has. */
class SignOutTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @RegisterExtension
    static final TestRedis REDIS = new TestRedis();

    private final Instant now = Instant.now();
    private final String oldSig = TestTokens.userSig(ACME, "alice", now.minusSeconds(60));
    private final String newSig = TestTokens.userSig(ACME, "alice", now.plusSeconds(60));
    private final Gateways gateways = new Gateways(DATABASE, REDIS);

    @BeforeEach
    void aliceAndBobAreThere() {
        gateways.addUsers();
    }

    @Test
    void aDeviceThatIsSignedOutIsKickedWhereverItIsAndLeavesTheList() {
        var phone = gateways.loggedIn(PHONE, oldSig);
        var laptop = gateways.loggedIn(LAPTOP, oldSig);
        gateways.devices().log().write();

        assertThat(gateways.signOut(laptop, PHONE)).isEqualTo(ErrorCode.OK);

        var push = gateways.sessions().pushes().getFirst();
        assertThat(push.command()).isEqualTo(Command.KICKED);
        assertThat(push.devices()).extracting("incarnation").containsExactly(phone.getIncarnation());
        var kicked = TestSessions.kicked(push);
        assertThat(kicked.getReason()).isEqualTo(KickReason.SIGNED_OUT);
        assertThat(kicked.getByClientType()).isEqualTo(LINUX);
        assertThat(kicked.getByDeviceId()).isEqualTo("laptop");
        assertThat(gateways.state(laptop)).isEqualTo(CURRENT);
        assertThat(gateways.list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
        // Its connection closes now.
        gateways.logout(phone);
        gateways.devices().log().write();
        assertThat(gateways.list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
    }

    @Test
    void itComesBackWithAnotherUserSigOnly() {
        gateways.loggedIn(PHONE, oldSig);
        var laptop = gateways.loggedIn(LAPTOP, oldSig);
        gateways.signOut(laptop, PHONE);

        assertThat(gateways.login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(gateways.login(PHONE, TestTokens.undated(ACME, "alice")).getError())
                .isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(gateways.login(LAPTOP, oldSig).getError()).isEqualTo(ErrorCode.OK);
        var back = gateways.loggedIn(PHONE, newSig);

        assertThat(gateways.state(back)).isEqualTo(CURRENT);
        assertThat(gateways.list(back))
                .extracting(DeviceEntry::getDeviceId)
                .containsExactlyInAnyOrder("phone", "laptop");
    }

    @Test
    void aDeviceThatIsAwayIsSignedOutToo() {
        gateways.logout(gateways.loggedIn(PHONE, oldSig));
        gateways.devices().log().write();
        var laptop = gateways.loggedIn(LAPTOP, oldSig);

        gateways.signOut(laptop, PHONE);

        assertThat(gateways.sessions().pushes()).isEmpty();
        assertThat(gateways.list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
        assertThat(gateways.login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
    }

    @Test
    void aBusinessSystemWhoseClockIsAheadSignsOutWhatItHasIssued() {
        gateways.loggedIn(PHONE, newSig);
        gateways.userDevices().signOut(PHONE);
        assertThat(gateways.login(PHONE, newSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);

        gateways.logout(gateways.loggedIn(LAPTOP, newSig));
        gateways.devices().log().write();
        gateways.userDevices().signOut(LAPTOP);
        assertThat(gateways.login(LAPTOP, newSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
    }

    @Test
    void whoWasSignedOutPutsNobodyElseOut() {
        gateways.sessions().policy(DevicePolicy.SINGLE);
        gateways.loggedIn(PHONE, oldSig);
        gateways.userDevices().signOut(PHONE);
        var laptop = gateways.loggedIn(LAPTOP, oldSig);

        gateways.login(PHONE, oldSig);

        assertThat(gateways.state(laptop)).isEqualTo(CURRENT);
    }

    @Test
    void whoDidNotHearOfItHearsItWhenItAnnouncesItself() {
        var phone = gateways.loggedIn(PHONE, oldSig);
        gateways.userDevices().signOut(PHONE);

        assertThat(gateways.state(phone)).isEqualTo(UNKNOWN);
        assertSignedOut(phone);
    }

    @Test
    void aLostRedisBringsNobodyBack() {
        var phone = gateways.loggedIn(PHONE, oldSig);
        var laptop = gateways.loggedIn(LAPTOP, oldSig);
        gateways.devices().signOuts().add(PHONE, now.getEpochSecond());
        REDIS.flush();

        assertSignedOut(phone);
        assertThat(gateways.announce(laptop).getState()).isEqualTo(CURRENT);
        assertThat(gateways.list(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
    }

    @Test
    void aDeviceThatHasComeBackMeanwhileStays() {
        var phone = gateways.loggedIn(PHONE, TestTokens.userSig(ACME, "alice", now.plusSeconds(3_600)));
        var before = gateways.loggedIn(LAPTOP, oldSig);
        gateways.devices().signOuts().add(PHONE, now.getEpochSecond());
        REDIS.flush();

        assertThat(gateways.announce(phone).getState()).isEqualTo(CURRENT);
        assertThat(gateways.announce(before).getState()).isEqualTo(CURRENT);
    }

    @Test
    void nobodySignsHimselfOutSo() {
        var phone = gateways.loggedIn(PHONE, oldSig);

        assertThat(gateways.signOut(phone, PHONE)).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(gateways.state(phone)).isEqualTo(CURRENT);
    }

    @Test
    void nobodySignsOutWhatCouldNotBeADevice() {
        var phone = gateways.loggedIn(PHONE, oldSig);

        assertThat(gateways.signOut(phone, ANDROID, "a b")).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(gateways.signOut(phone, ClientType.CLIENT_TYPE_UNSPECIFIED, ""))
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(gateways.state(phone)).isEqualTo(CURRENT);
    }

    @Test
    void whoHasBeenSignedOutOrSupersededSignsNobodyElseOut() {
        var phone = gateways.loggedIn(PHONE, oldSig);
        var laptop = gateways.loggedIn(LAPTOP, oldSig);
        gateways.signOut(laptop, PHONE);
        assertThat(gateways.signOut(phone, LAPTOP)).isEqualTo(ErrorCode.UNAVAILABLE);

        gateways.loggedIn(LAPTOP, oldSig);
        assertThat(gateways.signOut(laptop, PHONE)).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void othersDevicesOfTheSameNameStay() {
        var bobs = gateways.loggedIn(BOBS_PHONE, TestTokens.userSig(ACME, "bob"));
        var laptop = gateways.loggedIn(LAPTOP, oldSig);

        gateways.signOut(laptop, PHONE);

        assertThat(gateways.state(bobs)).isEqualTo(CURRENT);
    }

    @Test
    void theBusinessSystemSignsAllDevicesOut() {
        var phone = gateways.loggedIn(PHONE, oldSig);
        var laptop = gateways.loggedIn(LAPTOP, oldSig);
        var bobs = gateways.loggedIn(BOBS_PHONE, TestTokens.userSig(ACME, "bob"));

        gateways.userDevices().signOutAll(ALICE);

        assertThat(gateways.sessions().pushes().getFirst().devices())
                .extracting("incarnation")
                .containsExactlyInAnyOrder(phone.getIncarnation(), laptop.getIncarnation());
        assertThat(TestSessions.kicked(gateways.sessions().pushes().getFirst()).getReason())
                .isEqualTo(KickReason.SIGNED_OUT);
        assertThat(gateways.login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(gateways.login(new DeviceKey(ALICE, WEB, "new"), oldSig).getError())
                .isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(gateways.login(PHONE, newSig).getError()).isEqualTo(ErrorCode.OK);
        assertThat(gateways.state(bobs)).isEqualTo(CURRENT);
    }

    @Test
    void whileTheDatabaseIsAwayNobodyIsPutOutByALoginThatFails() {
        gateways.sessions().policy(DevicePolicy.SINGLE);
        var phone = gateways.loggedIn(PHONE, oldSig);

        DATABASE.stoppedDuring(() -> {
            assertThat(gateways.login(LAPTOP, oldSig).getError()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(gateways.state(phone)).isEqualTo(CURRENT);
        });
    }

    @Test
    void aSignOutDuringALoginIsSeenByIt() {
        gateways.sessions().policy(DevicePolicy.SINGLE);
        gateways.loggedIn(LAPTOP, oldSig);
        // The login has been checked and placed, and kicks the laptop.
        gateways.sessions().onPush(() -> gateways.devices().signOuts().add(PHONE, now.getEpochSecond()));

        assertThat(gateways.login(PHONE, oldSig).getError()).isEqualTo(ErrorCode.USER_SIG_REVOKED);

        assertThat(gateways.sessions().table().of(ALICE).sessions()).isEmpty();
    }

    private void assertSignedOut(SessionRef connection) {
        var outcome = gateways.announce(connection);
        assertThat(outcome.getState()).isEqualTo(SUPERSEDED);
        assertThat(outcome.getKicked().getReason()).isEqualTo(KickReason.SIGNED_OUT);
        assertThat(gateways.state(connection)).isEqualTo(UNKNOWN);
    }
}
