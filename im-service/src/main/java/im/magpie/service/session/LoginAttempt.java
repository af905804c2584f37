package im.magpie.service.session;

import im.magpie.common.rpc.SessionRef;

/**
 * A LOGIN, as its device counts them.
 *
 * @param run of LOGINs, unsigned; 0 for a device that does not count
 * @param number within the run, unsigned
 */
record LoginAttempt(long run, int number) {

    /** Of a device that does not count. */
    static final LoginAttempt UNCOUNTED = new LoginAttempt(0, 0);

    static LoginAttempt of(SessionRef ref) {
        return new LoginAttempt(ref.getRun(), ref.getAttempt());
    }

    /** Reads it from a session's value in Redis; an earlier release has written none. */
    static LoginAttempt in(String value) {
        var parts = value.split(" ", -1);
        return parts.length > 5
                ? new LoginAttempt(Long.parseUnsignedLong(parts[4]), Integer.parseUnsignedInt(parts[5]))
                : UNCOUNTED;
    }

    /** Returns how it ends a session's value in Redis. */
    @Override
    public String toString() {
        return Long.toUnsignedString(run) + " " + Integer.toUnsignedString(number);
    }
}
