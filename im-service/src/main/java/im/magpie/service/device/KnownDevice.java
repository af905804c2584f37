package im.magpie.service.device;

/**
 * A device that its user has logged in with. Times are unix milliseconds by Redis' clock.
 *
 * @param name for people to read; empty when the device has none
 * @param lastActive when it was connected last
 * @param sigIssued when the newest userSig was issued that it has logged in with, unix seconds
 */
public record KnownDevice(
        DeviceKey key, String name, long firstLogin, long lastLogin, long lastActive, long sigIssued) {

    /** Returns what is known when this is known too, in whatever order they came. */
    public KnownDevice merge(KnownDevice other) {
        return new KnownDevice(
                key,
                other.name.isEmpty() ? name : other.name,
                Math.min(firstLogin, other.firstLogin),
                Math.max(lastLogin, other.lastLogin),
                Math.max(lastActive, other.lastActive),
                Math.max(sigIssued, other.sigIssued));
    }
}
