package im.magpie.service.device;

/**
 * A userSig on a device.
 *
 * @param issued when it was issued, unix seconds; 0 when it does not say, which is before every sign-out
 */
public record UsedSig(DeviceKey device, long issued) {}
