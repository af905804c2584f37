package im.magpie.service.index;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;
import java.util.List;

/** How the sessions of a user lie in Redis: lines of {@code clientType/deviceId incarnation connectionId loginTime sigIssued run attempt}. */
public final class SessionField {

    /** Returns how a device is named there. */
    public static String device(DeviceRoute route) {
        return route.clientType().getNumber() + "/" + route.deviceId();
    }

    /** Returns what a session of this connection begins with. */
    public static String connection(DeviceRoute route) {
        return route.incarnation() + " " + route.connectionId();
    }

    /** Reads the devices of a user. */
    public static List<DeviceRoute> routes(UserKey user, String lines) {
        return lines.lines().map(line -> route(user, line)).toList();
    }

    /** Returns the session of a line. */
    public static String session(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** Reads the device of a line. */
    public static DeviceRoute route(UserKey user, String line) {
        var slash = line.indexOf('/');
        var device = line.indexOf(' ', slash);
        var incarnation = line.indexOf(' ', device + 1);
        var connection = line.indexOf(' ', incarnation + 1);
        return new DeviceRoute(
                user,
                clientType(line),
                line.substring(slash + 1, device),
                line.substring(device + 1, incarnation),
                Long.parseLong(line, incarnation + 1, connection, 10));
    }

    /** Returns when a session began, unix milliseconds by Redis' clock. */
    public static long loginTime(String value) {
        return Long.parseLong(value.split(" ", -1)[2]);
    }

    /** Returns when the userSig of a session was issued, unix seconds; 0 where an earlier release has written it. */
    public static long sigIssued(String value) {
        var parts = value.split(" ", -1);
        return parts.length > 3 ? Long.parseLong(parts[3]) : 0;
    }

    /** Returns the client type of a device's field. */
    public static ClientType clientType(String field) {
        var clientType = ClientType.forNumber(Integer.parseInt(field, 0, field.indexOf('/'), 10));
        return clientType == null ? ClientType.UNRECOGNIZED : clientType;
    }

    /** Returns the device id of a device's field. */
    public static String deviceId(String field) {
        return field.substring(field.indexOf('/') + 1);
    }

    private SessionField() {}
}
