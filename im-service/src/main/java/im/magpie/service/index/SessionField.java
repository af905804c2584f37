package im.magpie.service.index;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;
import im.magpie.service.redis.ScriptReply;
import java.util.ArrayList;
import java.util.List;

/** How the sessions of a user lie in Redis: field {@code clientType/deviceId}, value {@code incarnation connectionId loginTime sigIssued run attempt}. */
public final class SessionField {

    /** Returns the field of a device. */
    public static String device(DeviceRoute route) {
        return route.clientType().getNumber() + "/" + route.deviceId();
    }

    /** Returns what a session of this connection begins with. */
    public static String connection(DeviceRoute route) {
        return route.incarnation() + " " + route.connectionId();
    }

    /** Reads fields and values in turn, as HGETALL answers them. */
    public static List<DeviceRoute> routes(UserKey user, ScriptReply sessions) {
        var routes = new ArrayList<DeviceRoute>(sessions.size() / 2);
        for (var i = 0; i < sessions.size(); i += 2) {
            routes.add(route(user, sessions.text(i), sessions.text(i + 1)));
        }
        return routes;
    }

    /** Reads a field and its value. */
    public static DeviceRoute route(UserKey user, String field, String value) {
        var parts = value.split(" ", -1);
        return new DeviceRoute(user, clientType(field), deviceId(field), parts[0], Long.parseLong(parts[1]));
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
