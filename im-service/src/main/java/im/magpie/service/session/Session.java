package im.magpie.service.session;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ClientType;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.rpc.SessionRef;
import im.magpie.common.user.UserKey;
import im.magpie.service.index.DeviceRoute;
import java.util.regex.Pattern;

/**
 * A device on a connection.
 *
 * @param loginTime unix milliseconds, Redis' clock; 0 when it is about to log in
 */
record Session(DeviceRoute route, long loginTime) {

    private static final Pattern INCARNATION = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** Reads a connection that asks for its session; throws like {@link #route}. */
    static Session loggingIn(SessionRef ref) {
        return new Session(route(ref), 0);
    }

    /** Reads a connection that has logged in; throws like {@link #route}. */
    static Session loggedIn(SessionRef ref) {
        requireThat(ref.getLoginTime() > 0, "a connection that has logged in has a login time");
        return new Session(route(ref), ref.getLoginTime());
    }

    /** @throws MagpieException INVALID_REQUEST when the connection could not be told from others */
    static DeviceRoute route(SessionRef ref) {
        requireThat(Identifiers.isAppId(ref.getAppId()), "an app id is 1 to 32 of [A-Za-z0-9-]");
        requireThat(Identifiers.isUserId(ref.getUserId()), "a user id is 1 to 64 of [A-Za-z0-9._@+-]");
        requireThat(Identifiers.isDeviceId(ref.getDeviceId()), "a device id is 1 to 64 of [A-Za-z0-9._@+-]");
        requireThat(ref.getClientTypeValue() > 0 && ref.getClientType() != ClientType.UNRECOGNIZED, "no client type");
        requireThat(INCARNATION.matcher(ref.getIncarnation()).matches(), "no incarnation's name");
        return new DeviceRoute(
                new UserKey(ref.getAppId(), ref.getUserId()),
                ref.getClientType(),
                ref.getDeviceId(),
                ref.getIncarnation(),
                ref.getConnectionId());
    }

    UserKey user() {
        return route.user();
    }

    private static void requireThat(boolean valid, String rule) {
        if (!valid) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, rule);
        }
    }
}
