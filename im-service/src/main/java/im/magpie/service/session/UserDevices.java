package im.magpie.service.session;

import static im.magpie.common.rpc.ReconcileOutcome.State.CURRENT;
import static java.util.stream.Collectors.toSet;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.codec.protocol.Kicked;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.device.DeviceLog;
import im.magpie.service.device.KnownDevice;
import im.magpie.service.device.SignOuts;
import im.magpie.service.device.UsedSig;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where a user is signed in, and how that ends. Blocks; safe for use by many threads. Throws {@link MagpieException} UNAVAILABLE when Redis did not answer,
 * {@link org.springframework.dao.DataAccessException} when the database did not: what was asked may have been done then, and may be repeated.
 */
final class UserDevices {

    private static final Comparator<UserDevice> ONLINE_FIRST = Comparator.comparing(UserDevice::online)
            .thenComparingLong(device -> device.known().lastActive())
            .reversed();

    private final SessionTable sessions;
    private final DeviceLog devices;
    private final SignOuts signOuts;
    private final Kicks kicks;

    UserDevices(SessionTable sessions, DeviceLog devices, SignOuts signOuts, Kicks kicks) {
        this.sessions = sessions;
        this.devices = devices;
        this.signOuts = signOuts;
        this.kicks = kicks;
    }

    /** Returns where a user is signed in: those that are online first, then those that were active last. */
    List<UserDevice> list(UserKey user) {
        Map<DeviceKey, KnownDevice> known = new HashMap<>();
        devices.of(user).forEach(device -> known.put(device.key(), device));
        var connected = sessions.of(user);
        connected.sessions().stream()
                .map(session -> session.seen(session.loginTime()))
                .forEach(device -> known.merge(device.key(), device, KnownDevice::merge));
        var online = connected.sessions().stream().map(Session::device).collect(toSet());
        var signedOut = signOuts.of(user);
        return known.values().stream()
                .map(device -> new UserDevice(
                        device, online.contains(device.key()) && devices.isNotedOfLate(device, connected.time())))
                .filter(device -> device.online() || !signedOut.test(sig(device.known())))
                .sorted(ONLINE_FIRST)
                .toList();
    }

    private static UsedSig sig(KnownDevice device) {
        return new UsedSig(device.key(), device.sigIssued());
    }

    /**
     * Signs a device out on behalf of another one of its user, which is not itself signed out or superseded.
     *
     * @throws MagpieException INVALID_REQUEST when it is the device itself, UNAVAILABLE when the other one's session does not stand
     */
    void signOut(DeviceKey device, Session by) {
        if (device.equals(by.device())) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a device ends its own session by LOGOUT");
        }
        if (sessions.look(List.of(by)).getFirst().state() != CURRENT) {
            throw new MagpieException(ErrorCode.UNAVAILABLE, "the session that asks for it does not stand");
        }
        signOut(device, Kicks.signedOutBy(by.device()));
    }

    /** Signs a device out on behalf of the business system. */
    void signOut(DeviceKey device) {
        signOut(device, Kicks.SIGNED_OUT);
    }

    /** Signs all devices of a user out on behalf of the business system. */
    void signOutAll(UserKey user) {
        signOut(DeviceKey.allOf(user), Kicks.SIGNED_OUT);
    }

    /**
     * MySQL knows first: a login that Redis sees after the sessions were looked at finds out there. A session that is there ends only if its userSig is
     * from before: the device may have come back with another one meanwhile.
     */
    private void signOut(DeviceKey device, Kicked why) {
        var issuedUntil = issuedUntil(device);
        signOuts.add(device, issuedUntil);
        var ended = sessions.of(device.user()).sessions().stream()
                .filter(session -> meant(device).test(session.device()) && session.sigIssued() <= issuedUntil)
                .map(Session::route)
                .toList();
        sessions.end(ended);
        kicks.kick(ended, why);
    }

    /** Returns now or, where a business system's clock is ahead, when the newest userSig was issued that the device is known to have, unix seconds. */
    private long issuedUntil(DeviceKey device) {
        var connected = sessions.of(device.user());
        var online = connected.sessions().stream()
                .filter(session -> meant(device).test(session.device()))
                .mapToLong(Session::sigIssued);
        var written = devices.of(device.user()).stream()
                .filter(known -> meant(device).test(known.key()))
                .mapToLong(KnownDevice::sigIssued);
        var now = Duration.ofMillis(connected.time()).toSeconds();
        return Stream.of(online, written).flatMapToLong(sigs -> sigs).reduce(now, Math::max);
    }

    private static Predicate<DeviceKey> meant(DeviceKey device) {
        return device.equals(DeviceKey.allOf(device.user())) ? _ -> true : device::equals;
    }
}
