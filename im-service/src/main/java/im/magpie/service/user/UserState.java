package im.magpie.service.user;

/** What a user may do. */
public enum UserState {
    ENABLED,
    DISABLED,
    /** There is no such user. */
    UNKNOWN
}
