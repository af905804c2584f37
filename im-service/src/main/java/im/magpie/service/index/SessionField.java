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
        return lines.lines()
                .map(line -> route(user, device(line), session(line)))
                .toList();
    }

    /** Returns the device of a line. */
    public static String device(String line) {
        return line.substring(0, line.indexOf(' '));
    }

    /** Returns the session of a line. */
    public static String session(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }

    /** Reads a device and its session. */
    public static DeviceRoute route(UserKey user, String device, String session) {
        var parts = session.split(" ", 3);
        return new DeviceRoute(user, clientType(device), deviceId(device), parts[0], Long.parseLong(parts[1]));
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
        var clientType = ClientType.forNumber(Integer.parseInt(field.substring(0, field.indexOf('/'))));
        return clientType == null ? ClientType.UNRECOGNIZED : clientType;
    }

    /** Returns the device id of a device's field. */
    public static String deviceId(String field) {
        return field.substring(field.indexOf('/') + 1);
    }

    private SessionField() {}
}
