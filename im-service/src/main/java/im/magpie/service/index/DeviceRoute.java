package im.magpie.service.index;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;

/**
 * Where a connected device is reached.
 *
 * @param incarnation of the node that holds the connection
 * @param connectionId the connection's number there
 */
public record DeviceRoute(
        UserKey user, ClientType clientType, String deviceId, String incarnation, long connectionId) {}
