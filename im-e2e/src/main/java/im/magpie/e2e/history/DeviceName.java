package im.magpie.e2e.history;

/**
 * Names a device.
 *
 * @param user whose it is
 * @param device which of the user's it is; has no slash
 */
public record DeviceName(String user, String device) {

    /** Reads {@code user/device}. */
    public static DeviceName parse(String text) {
        var slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("\"" + text + "\" names no device of somebody's");
        }
        return new DeviceName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return user + "/" + device;
    }
}
