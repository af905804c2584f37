package im.magpie.client;

import im.magpie.codec.protocol.ClientType;

/**
 * Who logs in, and from which device.
 *
 * @param deviceId names this installation among the user's devices
 */
public record Account(String appId, String userId, ClientType clientType, String deviceId) {}
