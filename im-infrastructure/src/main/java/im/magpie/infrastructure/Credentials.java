package im.magpie.infrastructure;

/** A user and a password. */
public record Credentials(String user, String password) {

    /** Leaves the password out, because addresses are logged. */
    @Override
    public String toString() {
        return user;
    }
}
