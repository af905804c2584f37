package im.magpie.service.index;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;
import im.magpie.service.redis.ScriptReply;
import java.util.ArrayList;
import java.util.List;

/** How the sessions of a user lie in Redis: field {@code clientType/deviceId}, value {@code incarnation connectionId loginTime}. */
final class SessionField {

    /** Reads what HGETALL answered. */
    static List<DeviceRoute> routes(UserKey user, ScriptReply sessions) {
        var routes = new ArrayList<DeviceRoute>(sessions.size() / 2);
        for (var i = 0; i < sessions.size(); i += 2) {
            routes.add(route(user, sessions.text(i), sessions.text(i + 1)));
        }
        return routes;
    }

    private static DeviceRoute route(UserKey user, String field, String value) {
        var slash = field.indexOf('/');
        var clientType = ClientType.forNumber(Integer.parseInt(field.substring(0, slash)));
        var first = value.indexOf(' ');
        var second = value.indexOf(' ', first + 1);
        return new DeviceRoute(
                user,
                clientType == null ? ClientType.UNRECOGNIZED : clientType,
                field.substring(slash + 1),
                value.substring(0, first),
                Long.parseLong(value.substring(first + 1, second)));
    }

    private SessionField() {}
}
