package im.magpie.codec.id;

/** What users, devices and apps may be called. */
public final class Identifiers {

    private static final int MAX_USER_LENGTH = 64;
    private static final int MAX_APP_LENGTH = 32;
    private static final int MAX_DEVICE_NAME_LENGTH = 64;

    /** Returns whether the text is 1 to 64 of {@code [A-Za-z0-9._@+-]}. */
    public static boolean isUserId(String text) {
        return isName(text, MAX_USER_LENGTH, "._@+-");
    }

    /** Returns whether the text is 1 to 64 of {@code [A-Za-z0-9._@+-]}. */
    public static boolean isDeviceId(String text) {
        return isUserId(text);
    }

    /** Returns whether the text is 1 to 64 of {@code [A-Za-z0-9._@+-]}. */
    public static boolean isGroupId(String text) {
        return isUserId(text);
    }

    /** Returns whether the text is 1 to 64 of {@code [A-Za-z0-9._@+-]}. */
    public static boolean isRoomId(String text) {
        return isUserId(text);
    }

    /** Returns whether the text is short enough to name a device to people; it may be empty. */
    public static boolean isDeviceName(String text) {
        return text.length() <= MAX_DEVICE_NAME_LENGTH;
    }

    /** Returns whether the text is 1 to 32 of {@code [A-Za-z0-9-]}. */
    public static boolean isAppId(String text) {
        return isName(text, MAX_APP_LENGTH, "-");
    }

    private static boolean isName(String text, int maxLength, String marks) {
        if (text.isEmpty() || text.length() > maxLength) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!isLetterOrDigit(c) && marks.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private Identifiers() {}
}
