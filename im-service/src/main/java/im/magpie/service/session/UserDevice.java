package im.magpie.service.session;

import im.magpie.codec.protocol.DeviceEntry;
import im.magpie.service.device.DeviceKey;
import im.magpie.service.device.KnownDevice;

/** A device on which its user is signed in, connected or not. */
record UserDevice(KnownDevice known, boolean online) {

    /** @param asking the device that the list is for */
    DeviceEntry toEntry(DeviceKey asking) {
        return DeviceEntry.newBuilder()
                .setClientType(known.key().clientType())
                .setDeviceId(known.key().deviceId())
                .setDeviceName(known.name())
                .setFirstLoginTime(known.firstLogin())
                .setLastLoginTime(known.lastLogin())
                .setLastActiveTime(known.lastActive())
                .setOnline(online)
                .setCurrent(known.key().equals(asking))
                .build();
    }
}
