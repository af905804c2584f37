package im.magpie.client;

import im.magpie.codec.protocol.ClientType;

/**
 * Who logs in, and from which device.
 *
 * @param deviceId names this installation among the user's devices
 * @param deviceName what people read in the list of the user's devices, at most 64 characters; may be empty
 */
public record Account(String appId, String userId, ClientType clientType, String deviceId, String deviceName) {

    /** An account on a device without a name. */
    public Account(String appId, String userId, ClientType clientType, String deviceId) {
        this(appId, userId, clientType, deviceId, "");
    }
}
