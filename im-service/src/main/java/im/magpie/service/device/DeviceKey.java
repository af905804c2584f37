package im.magpie.service.device;

import im.magpie.codec.protocol.ClientType;
import im.magpie.common.user.UserKey;

/** Names an installation among the devices of all users. */
public record DeviceKey(UserKey user, ClientType clientType, String deviceId) {

    /** Returns what stands for all devices of a user where one could stand: it has no client type and no id. */
    public static DeviceKey allOf(UserKey user) {
        return new DeviceKey(user, ClientType.CLIENT_TYPE_UNSPECIFIED, "");
    }
}
