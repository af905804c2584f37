package im.magpie.service.device;

import static im.magpie.service.device.TestDevices.MOST;
import static im.magpie.service.device.TestDevices.STANDING;
import static im.magpie.service.device.TestDevices.TTL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.dao.DataAccessException;

class SignOutsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final UserKey ALICE = new UserKey("acme", "alice");
    private static final UserKey BOB = new UserKey("acme", "bob");
    private static final DeviceKey PHONE = new DeviceKey(ALICE, ClientType.ANDROID, "phone");
    private static final DeviceKey ALL = DeviceKey.allOf(ALICE);
    private static final long NOON = 1_750_000_000L;

    private final AtomicLong nanos = new AtomicLong();
    private final SignOuts signOuts = new TestDevices(DATABASE, nanos::get).signOuts();
    private final SignOuts elsewhere = new TestDevices(DATABASE, nanos::get).signOuts();

    @Test
    void whatWasIssuedUpToItIsRevokedAndWhatCameLaterIsNot() {
        signOuts.add(PHONE, NOON);

        assertRevoked(() -> requireNone(signOuts, new UsedSig(PHONE, NOON - 1)));
        assertRevoked(() -> requireNone(signOuts, new UsedSig(PHONE, NOON)));
        assertGood(() -> requireNone(signOuts, new UsedSig(PHONE, NOON + 1)));
    }

    @Test
    void whatDoesNotSayWhenItWasIssuedIsFromBefore() {
        assertGood(() -> requireNone(signOuts, new UsedSig(PHONE, 0)));

        signOuts.add(PHONE, NOON);

        assertRevoked(() -> requireNone(signOuts, new UsedSig(PHONE, 0)));
    }

    @Test
    void itIsThatDevicesOwn() {
        signOuts.add(PHONE, NOON);

        for (var other : List.of(
                new DeviceKey(ALICE, ClientType.IOS, "phone"),
                new DeviceKey(ALICE, ClientType.ANDROID, "Phone"),
                new DeviceKey(BOB, ClientType.ANDROID, "phone"),
                new DeviceKey(new UserKey("other", "alice"), ClientType.ANDROID, "phone"))) {
            assertGood(() -> requireNone(signOuts, new UsedSig(other, NOON)));
        }
    }

    @Test
    void itCountsEverywhereAtOnce() {
        var sig = new UsedSig(PHONE, NOON);
        assertGood(() -> requireNone(elsewhere, sig));

        signOuts.add(PHONE, NOON);

        assertRevoked(() -> requireNone(elsewhere, sig));
        assertThat(elsewhere.of(ALICE).test(sig)).isTrue();
    }

    @Test
    void anEarlierOneTakesNothingBack() {
        signOuts.add(PHONE, NOON);
        signOuts.add(PHONE, NOON - 10);

        assertRevoked(() -> requireNone(signOuts, new UsedSig(PHONE, NOON)));
    }

    @Test
    void allDevicesCanBeSignedOutAlsoThoseNobodyKnows() {
        signOuts.add(PHONE, NOON + 5);
        signOuts.add(ALL, NOON);

        assertRevoked(() -> requireNone(signOuts, new UsedSig(new DeviceKey(ALICE, ClientType.WEB, "new"), NOON)));
        assertRevoked(() -> requireNone(signOuts, new UsedSig(PHONE, NOON + 5)));
        assertGood(() -> requireNone(signOuts, new UsedSig(PHONE, NOON + 6)));
        assertGood(() -> requireNone(signOuts, new UsedSig(new DeviceKey(BOB, ClientType.WEB, "new"), NOON)));
    }

    @Test
    void manyAreAskedForAtOnce() {
        signOuts.add(PHONE, NOON);
        var sigs = IntStream.range(0, 1_200)
                .mapToObj(i ->
                        new UsedSig(new DeviceKey(new UserKey("acme", "user-" + i), ClientType.ANDROID, "phone"), NOON))
                .toList();
        var phones = new UsedSig(PHONE, NOON);

        assertThat(signOuts.revoked(sigs)).isEmpty();
        assertThat(signOuts.revoked(List.of(sigs.getFirst(), phones, new UsedSig(PHONE, NOON + 1), sigs.getLast())))
                .containsExactly(phones);
        assertThat(signOuts.revoked(List.of())).isEmpty();
    }

    @Test
    void aboveTheBoundTheOldestComesToCountForAllDevices() {
        for (var i = 0; i < MOST + 1; i++) {
            signOuts.add(new DeviceKey(ALICE, ClientType.WEB, "browser-" + i), NOON + i);
        }

        assertRevoked(() -> requireNone(signOuts, new UsedSig(PHONE, NOON)));
        assertGood(() -> requireNone(signOuts, new UsedSig(PHONE, NOON + 1)));
        for (var i = 0; i < MOST + 1; i++) {
            var sig = new UsedSig(new DeviceKey(ALICE, ClientType.WEB, "browser-" + i), NOON + i);
            assertRevoked(() -> requireNone(signOuts, sig));
        }
    }

    @Test
    void callersWithoutADeviceAreRefusedWhenAllAreSignedOut() {
        assertGood(() -> signOuts.requireGood(ALICE, NOON));
        assertGood(() -> elsewhere.requireGood(ALICE, NOON));

        signOuts.add(PHONE, NOON);
        assertGood(() -> signOuts.requireGood(ALICE, NOON));
        signOuts.add(ALL, NOON);

        assertRevoked(() -> signOuts.requireGood(ALICE, NOON));
        assertGood(() -> signOuts.requireGood(ALICE, NOON + 1));
        // Elsewhere the old answer may count for a moment.
        nanos.addAndGet(TTL.toNanos() + 1);
        assertRevoked(() -> elsewhere.requireGood(ALICE, NOON));
    }

    @Test
    void whileTheDatabaseIsAwayNoDeviceIsLetInAndCallersStand() {
        signOuts.requireGood(ALICE, NOON);
        nanos.addAndGet(TTL.toNanos() + 1);

        DATABASE.stoppedDuring(() -> {
            assertGood(() -> signOuts.requireGood(ALICE, NOON));
            assertAway(() -> signOuts.requireGood(BOB, NOON));
            assertAway(() -> requireNone(signOuts, new UsedSig(PHONE, NOON)));
            nanos.addAndGet(STANDING.toNanos());
            assertAway(() -> signOuts.requireGood(ALICE, NOON));
        });
    }

    private static void assertRevoked(ThrowingCallable call) {
        assertThatExceptionOfType(MagpieException.class)
                .isThrownBy(call)
                .returns(ErrorCode.USER_SIG_REVOKED, MagpieException::code);
    }

    private static void assertGood(ThrowingCallable call) {
        assertThatCode(call).doesNotThrowAnyException();
    }

    private static void assertAway(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(DataAccessException.class);
    }

    private static void requireNone(SignOuts signOuts, UsedSig sig) {
        if (!signOuts.revoked(List.of(sig)).isEmpty()) {
            throw SignOuts.refusal();
        }
    }
}
