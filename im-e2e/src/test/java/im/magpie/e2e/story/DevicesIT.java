package im.magpie.e2e.story;

import static im.magpie.codec.protocol.ClientType.ANDROID;
import static im.magpie.codec.protocol.ClientType.IOS;
import static im.magpie.codec.protocol.ClientType.LINUX;
import static im.magpie.codec.protocol.ClientType.MACOS;
import static im.magpie.codec.protocol.ClientType.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.client.RequestFailedException;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.Command;
import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.KickReason;
import im.magpie.codec.protocol.Kicked;
import im.magpie.e2e.people.Device;
import im.magpie.e2e.people.People;
import im.magpie.e2e.people.Person;
import im.magpie.e2e.system.Await;
import im.magpie.e2e.system.Cluster;
import im.magpie.e2e.system.MagpieSystem;
import im.magpie.e2e.system.ServerLog.Position;
import im.magpie.e2e.system.Standalone;
import im.magpie.e2e.wire.RawConnection;
import im.magpie.e2e.wire.Requests;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Where a user may be signed in, is, and is no more: each over two gateways. */
@OnMagpie(OnMagpie.BROKEN)
class DevicesIT {

    private static final String CLUSTER = "cluster";
    private static final String SYSTEM = "magpie.system";

    @Test
    void aUserSeesWhereHeIsSignedIn(People people) {
        var alice = people.person("alice");
        var phone = alice.signIn(ANDROID, "phone", 1);
        var laptop = alice.signIn(LINUX, "laptop", 2);

        var devices = devices(laptop);
        assertThat(devices).extracting(DeviceEntry::getDeviceId).containsExactlyInAnyOrder("phone", "laptop");
        assertThat(devices).allMatch(DeviceEntry::getOnline);
        assertThat(devices)
                .filteredOn(DeviceEntry::getCurrent)
                .extracting(DeviceEntry::getDeviceId)
                .containsExactly("laptop");

        phone.logsOut();
        // Each instance writes what it has noted on its own, so the name may come behind the rest.
        Await.until(
                "the phone is listed as away, by its name",
                () -> devices(laptop).stream()
                        .anyMatch(device -> device.getDeviceName().equals("the phone") && !device.getOnline()));
        var away = devices(laptop).getLast();
        assertThat(away.getDeviceId()).isEqualTo("phone");
        assertThat(away.getFirstLoginTime()).isPositive();
        assertThat(away.getLastActiveTime()).isGreaterThanOrEqualTo(away.getLastLoginTime());
    }

    @Test
    void aDeviceThatIsSignedOutStaysOutUntilItsUserSignsInAgain(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var lost = alice.signIn(LINUX, "lost", 1);
        var laptop = alice.signIn(LINUX, "laptop", 2);

        People.outcome(laptop.client().signOut(LINUX, "lost"));

        assertKicked(lost.awaitKicked(), KickReason.SIGNED_OUT, LINUX, "laptop");
        assertThat(devices(laptop)).extracting(DeviceEntry::getDeviceId).containsExactly("laptop");
        assertThat(login(system, alice, "lost", alice.userSig(), 1)).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(login(system, alice, "lost", alice.userSig(), 2)).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        bob.signIn("tablet").says(alice, "where is it?");
        laptop.awaitTexts(bob, "where is it?");
        assertThat(lost.timeline(bob)).isEmpty();
        // One of the second of the sign-out counts as before it.
        Await.until(
                "a new userSig lets it in",
                () -> login(system, alice, "lost", alice.freshUserSig(), 1) == ErrorCode.OK);
    }

    @Test
    void aSignOutOutlivesRedis(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var laptop = alice.signIn(LINUX, "laptop", 2);
        var lost = alice.signIn(LINUX, "lost", 1);
        lost.goesOffline();
        People.outcome(laptop.client().signOut(LINUX, "lost"));

        system.redis().flushAll();

        Await.until(
                "the lost one is refused",
                () -> login(system, alice, "lost", alice.userSig(), 1) == ErrorCode.USER_SIG_REVOKED);
        Await.until("the laptop is announced again", () -> isOnline(laptop));
        assertThat(laptop.isKicked()).isFalse();
    }

    /** A Redis that has just been emptied lets those who ask wait, and some of them in vain. */
    private static boolean isOnline(Device device) {
        try {
            return devices(device).stream().anyMatch(entry -> entry.getCurrent() && entry.getOnline());
        } catch (RequestFailedException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            return false;
        }
    }

    @Test
    void theBusinessSystemListsAndSignsOut(People people, MagpieSystem system) {
        var alice = people.person("alice");
        var path = "/v1/users/%s/devices".formatted(alice);
        var phone = alice.signIn(ANDROID, "phone", 1);
        var laptop = alice.signIn(LINUX, "laptop", 2);
        assertThat(alice.administration().get(path).orFail().body().objects("devices").stream()
                        .map(device -> device.text("clientType") + " " + device.text("deviceId")))
                .containsExactlyInAnyOrder("ANDROID phone", "LINUX laptop");
        assertThat(alice.api().get(path).code()).isEqualTo("FORBIDDEN");

        alice.administration().delete(path + "/ANDROID/phone").orFail();
        assertKicked(phone.awaitKicked(), KickReason.SIGNED_OUT, ClientType.CLIENT_TYPE_UNSPECIFIED, "");
        assertThat(laptop.isKicked()).isFalse();

        alice.administration().delete(path).orFail();
        assertThat(laptop.awaitKick()).isEqualTo(KickReason.SIGNED_OUT);
        assertThat(login(system, alice, "another", alice.userSig(), 1)).isEqualTo(ErrorCode.USER_SIG_REVOKED);
        assertThat(alice.administration().get(path).orFail().body().objects("devices"))
                .isEmpty();
    }

    @Test
    void theSameDeviceReplacesItselfAndNothingElse(People people) {
        var alice = people.person("alice");
        var first = alice.signIn(ANDROID, "phone", 1);
        var laptop = alice.signIn(LINUX, "laptop", 1);
        var second = alice.signIn(ANDROID, "phone", 2);

        assertKicked(first.awaitKicked(), KickReason.SUPERSEDED, ANDROID, "phone");
        assertThat(devices(second)).extracting(DeviceEntry::getDeviceId).containsExactlyInAnyOrder("phone", "laptop");
        assertThat(laptop.isKicked()).isFalse();
    }

    @Test
    @DisabledIfSystemProperty(
            named = SYSTEM,
            matches = CLUSTER,
            disabledReason = "needs a system with settings of its own; there is a story of changing ones for a cluster")
    void anAppsPolicyHoldsOnAllGateways() {
        var settings = Map.of("IM_SERVICE_DEVICES_POLICIES_DEMO", "MOBILE_DESKTOP_WEB");
        try (var system = Standalone.startNew("policies", settings);
                var people = new People(system)) {
            oneMobileOneDesktopAndOneBrowser(people);
            ofTwoThatComeAtTheSameTimeOneStays(people);
        }
    }

    @Test
    @EnabledIfSystemProperty(named = SYSTEM, matches = CLUSTER)
    void policiesChangeWhileTheSystemRuns(People people, Cluster cluster) {
        try {
            var before = cluster.log().position();
            cluster.changeSettings("im-service", "im.service.devices.policies: {demo: MOBILE_DESKTOP_WEB}");
            awaitTwice(cluster, before, "im.service.devices.policies was {} and is {demo=MOBILE_DESKTOP_WEB} now");
            oneMobileOneDesktopAndOneBrowser(people);
            ofTwoThatComeAtTheSameTimeOneStays(people);

            var next = cluster.log().position();
            cluster.changeSettings("im-service", "im.service.devices.policies: {demo: TWO}");
            awaitTwice(cluster, next, "im-service.yaml is refused, and everything stays as it was");
            aStricterPolicyCountsFromTheNextLogin(people, cluster);
        } finally {
            cluster.changeSettings("im-service", "# nothing is changed\n");
        }
    }

    private static void oneMobileOneDesktopAndOneBrowser(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.signIn(ANDROID, "phone", 1);
        var laptop = alice.signIn(LINUX, "laptop", 2);
        var browser = alice.signIn(WEB, "browser", 1);

        var tablet = alice.signIn(IOS, "tablet", 2);
        assertKicked(phone.awaitKicked(), KickReason.SUPERSEDED, IOS, "tablet");
        var mac = alice.signIn(MACOS, "mac", 1);
        assertKicked(laptop.awaitKicked(), KickReason.SUPERSEDED, MACOS, "mac");

        bob.signIn("shell").says(alice, "to all of you");
        for (var device : List.of(browser, tablet, mac)) {
            device.awaitTexts(bob, "to all of you");
            assertThat(device.isKicked()).as("%s", device).isFalse();
        }
        assertThat(phone.timeline(bob)).isEmpty();
    }

    private static void ofTwoThatComeAtTheSameTimeOneStays(People people) {
        var alice = people.person("alice");
        var bob = people.person("bob");
        var phone = alice.device(ANDROID, "phone", 1).start();
        var tablet = alice.device(IOS, "tablet", 2).start();

        Await.until("one of them is kicked", () -> phone.isKicked() != tablet.isKicked());

        var winner = phone.isKicked() ? tablet : phone;
        winner.says(bob, "here I am");
        assertThat(winner.isKicked()).isFalse();
    }

    private static void aStricterPolicyCountsFromTheNextLogin(People people, Cluster cluster) {
        var alice = people.person("alice");
        var phone = alice.signIn(ANDROID, "phone", 1);
        var laptop = alice.signIn(LINUX, "laptop", 2);
        var before = cluster.log().position();

        cluster.changeSettings("im-service", "im.service.devices.policies: {demo: SINGLE}");
        awaitTwice(cluster, before, "and is {demo=SINGLE} now");
        phone.says(people.person("bob"), "still here");
        assertThat(phone.isKicked()).isFalse();
        assertThat(laptop.isKicked()).isFalse();

        alice.signIn(WEB, "browser", 1);
        assertKicked(phone.awaitKicked(), KickReason.SUPERSEDED, WEB, "browser");
        assertKicked(laptop.awaitKicked(), KickReason.SUPERSEDED, WEB, "browser");
    }

    private static void awaitTwice(Cluster cluster, Position since, String line) {
        Await.until("both processes say: " + line, () -> cluster.log().count(since, line) == 2);
    }

    private static List<DeviceEntry> devices(Device device) {
        return People.outcome(device.client().devices());
    }

    private static void assertKicked(Kicked kicked, KickReason reason, ClientType type, String deviceId) {
        assertThat(kicked.getReason()).isEqualTo(reason);
        assertThat(kicked.getByClientType()).isEqualTo(type);
        assertThat(kicked.getByDeviceId()).isEqualTo(deviceId);
    }

    /** Tries to log a device in, at one gateway. */
    private static ErrorCode login(MagpieSystem system, Person person, String device, String userSig, int gateway) {
        try (var socket = RawConnection.to(system.addresses().gateway(gateway))) {
            return socket.ask(Command.LOGIN, Requests.login(person.userId(), userSig, device))
                    .code();
        }
    }
}
