package im.magpie.service.session;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ClientType;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.device.KnownDevice;
import im.magpie.service.device.UsedSig;
import im.magpie.service.index.DeviceRoute;
import im.magpie.service.request.Rules;
import java.util.regex.Pattern;

/**
 * A device on a connection.
 *
 * @param loginTime unix milliseconds, Redis' clock; 0 when it is about to log in
 * @param sigIssued when the userSig was issued that it logged in with, unix seconds; 0 when it does not say
 * @param attempt by which its client asked for it
 */
record Session(DeviceRoute route, long loginTime, long sigIssued, LoginAttempt attempt) {

    private static final Pattern INCARNATION = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** Reads a connection that asks for its session, and whose userSig is not verified yet; throws like {@link #of}. */
    static Session loggingIn(SessionRef ref) {
        return new Session(route(ref), 0, 0, LoginAttempt.of(ref));
    }

    /** Reads a connection that has logged in; throws like {@link #of}. */
    static Session loggedIn(SessionRef ref) {
        Rules.require(ref.getLoginTime() > 0, "a connection that has logged in has a login time");
        return of(ref);
    }

    /**
     * Reads a connection that may have logged in.
     *
     * @throws im.magpie.common.error.MagpieException INVALID_REQUEST when the connection could not be told from others
     */
    static Session of(SessionRef ref) {
        return new Session(route(ref), ref.getLoginTime(), Math.max(0, ref.getUserSigIssued()), LoginAttempt.of(ref));
    }

    private static DeviceRoute route(SessionRef ref) {
        Rules.require(Identifiers.isAppId(ref.getAppId()), "an app id is 1 to 32 of [A-Za-z0-9-]");
        Rules.requireUserId(ref.getUserId());
        Rules.require(INCARNATION.matcher(ref.getIncarnation()).matches(), "no incarnation's name");
        var user = new UserKey(ref.getAppId(), ref.getUserId());
        var device = device(user, ref.getClientType(), ref.getDeviceId());
        return new DeviceRoute(
                user, device.clientType(), device.deviceId(), ref.getIncarnation(), ref.getConnectionId());
    }

    /** @throws im.magpie.common.error.MagpieException INVALID_REQUEST when no device could be called so */
    static DeviceKey device(UserKey user, ClientType type, String deviceId) {
        Rules.require(Identifiers.isDeviceId(deviceId), "a device id is 1 to 64 of [A-Za-z0-9._@+-]");
        Rules.require(type != ClientType.CLIENT_TYPE_UNSPECIFIED && type != ClientType.UNRECOGNIZED, "no client type");
        return new DeviceKey(user, type, deviceId);
    }

    /** Returns the same with a userSig that was issued then. */
    Session with(long sigIssued) {
        return new Session(route, loginTime, sigIssued, attempt);
    }

    /** Returns the same once it has logged in. */
    Session at(long loginTime) {
        return new Session(route, loginTime, sigIssued, attempt);
    }

    UserKey user() {
        return route.user();
    }

    DeviceKey device() {
        return new DeviceKey(route.user(), route.clientType(), route.deviceId());
    }

    UsedSig sig() {
        return new UsedSig(device(), sigIssued);
    }

    /** Returns what there is to know of its device, which was connected at a time. */
    KnownDevice seen(long time) {
        return new KnownDevice(device(), "", loginTime, loginTime, Math.max(time, loginTime), sigIssued);
    }
}
