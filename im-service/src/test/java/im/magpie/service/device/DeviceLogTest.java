package im.magpie.service.device;

import static im.magpie.service.device.TestDevices.ACTIVITY;
import static im.magpie.service.device.TestDevices.MOST;
import static im.magpie.service.device.TestDevices.MOST_WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeviceLogTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final DeviceKey PHONE = new DeviceKey(ALICE, ClientType.ANDROID, "phone");
    private static final DeviceKey LAPTOP = new DeviceKey(ALICE, ClientType.LINUX, "laptop");
    private static final long NOON = 1_750_000_000_000L;
    private static final long ISSUED = NOON / 1_000 - 60;

    private final TestDevices devices = new TestDevices(DATABASE);
    private final DeviceLog log = devices.log();

    @Test
    void aLoginIsThereOnceItIsWritten() {
        log.loggedIn(login(PHONE, NOON));
        assertThat(log.of(ALICE)).isEmpty();
        assertThat(devices.waiting()).isEqualTo(1);

        log.write();

        assertThat(log.of(ALICE)).containsExactly(login(PHONE, NOON));
        assertThat(log.of(BOB)).isEmpty();
        assertThat(devices.waiting()).isZero();
    }

    @Test
    void theFirstLoginStaysTheFirstAndTheLastIsTheLast() {
        log.loggedIn(login(PHONE, NOON));
        log.write();
        log.loggedIn(login(PHONE, NOON + 5_000));
        log.write();
        // Another service comes late with what was before both.
        var elsewhere = new TestDevices(DATABASE).log();
        elsewhere.loggedIn(login(PHONE, NOON - 5_000));
        elsewhere.write();

        assertThat(log.of(ALICE))
                .containsExactly(new KnownDevice(
                        PHONE,
                        "phone of alice",
                        NOON - 5_000,
                        NOON + 5_000,
                        NOON + 5_000,
                        (NOON + 5_000) / 1_000 - 60));
    }

    @Test
    void theOneThatWasActiveLastComesFirst() {
        log.loggedIn(login(PHONE, NOON));
        log.loggedIn(login(LAPTOP, NOON + 1));
        log.write();
        assertThat(keys(ALICE)).containsExactly(LAPTOP, PHONE);

        log.left(seen(PHONE, NOON, NOON + 2));
        log.write();

        assertThat(keys(ALICE)).containsExactly(PHONE, LAPTOP);
        assertThat(log.of(ALICE).getFirst().lastActive()).isEqualTo(NOON + 2);
    }

    @Test
    void activityIsNotedNowAndThen() {
        log.loggedIn(login(PHONE, NOON));
        log.write();

        log.seen(seen(PHONE, NOON, NOON + ACTIVITY.toMillis() - 1));
        assertThat(devices.waiting()).isZero();
        log.seen(seen(PHONE, NOON, NOON + ACTIVITY.toMillis()));
        log.seen(seen(PHONE, NOON, NOON + ACTIVITY.toMillis() + 1));
        assertThat(devices.waiting()).isEqualTo(1);
        log.write();

        assertThat(log.of(ALICE).getFirst().lastActive()).isEqualTo(NOON + ACTIVITY.toMillis());
    }

    @Test
    void activityTellsOfADeviceWhoseLoginWasLost() {
        log.seen(seen(PHONE, NOON, NOON + 20_000));
        log.write();

        assertThat(log.of(ALICE)).containsExactly(new KnownDevice(PHONE, "", NOON, NOON, NOON + 20_000, ISSUED));
    }

    @Test
    void activityLeavesTheNameAlone() {
        log.loggedIn(login(PHONE, NOON));
        log.write();
        log.left(seen(PHONE, NOON, NOON + 1));
        log.write();

        assertThat(log.of(ALICE).getFirst().name()).isEqualTo("phone of alice");
    }

    @Test
    void namesMayBeOfAnyLanguage() {
        log.loggedIn(new KnownDevice(PHONE, "喜鹊 \uD83D\uDC26", NOON, NOON, NOON, ISSUED));
        log.write();

        assertThat(log.of(ALICE).getFirst().name()).isEqualTo("喜鹊 \uD83D\uDC26");
    }

    @Test
    void thoseThatWereActiveLongestAgoAreForgotten() {
        log.loggedIn(login(new DeviceKey(BOB, ClientType.ANDROID, "phone"), NOON));
        for (var i = 0; i < MOST + 2; i++) {
            log.loggedIn(login(numbered(i), NOON + i));
            log.write();
        }

        assertThat(keys(ALICE))
                .containsExactlyElementsOf(IntStream.range(2, MOST + 2)
                        .mapToObj(i -> numbered(MOST + 3 - i))
                        .toList());
        assertThat(keys(BOB)).hasSize(1);
        assertThat(new TestDevices(DATABASE).log().of(ALICE)).hasSize(MOST);
    }

    @Test
    void onlySoManyWaitAndWhatFoundNoRoomIsNotedWithTheNextActivity() {
        IntStream.range(0, MOST_WAITING)
                .forEach(i -> log.loggedIn(login(new DeviceKey(ALICE, ClientType.WEB, "tab-" + i), NOON)));
        log.loggedIn(login(PHONE, NOON));
        assertThat(devices.dropped()).isEqualTo(1);
        log.write();

        log.seen(seen(PHONE, NOON, NOON + 1));
        log.write();

        assertThat(keys(ALICE)).contains(PHONE);
    }

    @Test
    void whatCanNotBeWrittenNowIsWrittenLater() {
        log.loggedIn(login(PHONE, NOON));

        DATABASE.stoppedDuring(() -> {
            log.write();
            log.loggedIn(login(PHONE, NOON + 1));
            assertThat(devices.waiting()).isEqualTo(1);
        });
        log.write();

        assertThat(log.of(ALICE).getFirst().firstLogin()).isEqualTo(NOON);
        assertThat(log.of(ALICE).getFirst().lastLogin()).isEqualTo(NOON + 1);
    }

    @Test
    void whatWaitsIsWrittenAtTheEnd() {
        log.loggedIn(login(PHONE, NOON));

        log.close();

        assertThat(keys(ALICE)).containsExactly(PHONE);
    }

    private List<DeviceKey> keys(UserKey user) {
        return log.of(user).stream().map(KnownDevice::key).toList();
    }

    private static DeviceKey numbered(int number) {
        return new DeviceKey(ALICE, ClientType.WEB, "browser-" + number);
    }

    private static KnownDevice login(DeviceKey device, long time) {
        var name = device.deviceId() + " of " + device.user().userId();
        return new KnownDevice(device, name, time, time, time, time / 1_000 - 60);
    }

    private static KnownDevice seen(DeviceKey device, long login, long time) {
        return new KnownDevice(device, "", login, login, time, ISSUED);
    }
}
