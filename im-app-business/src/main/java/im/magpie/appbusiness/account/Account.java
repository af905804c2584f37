package im.magpie.appbusiness.account;

/**
 * A user of the business system.
 *
 * @param passwordHash by BCrypt
 * @param imported whether Magpie knows the user
 */
public record Account(String userId, String nickname, String passwordHash, boolean imported) {

    /** Without the hash. */
    @Override
    public String toString() {
        return "Account[" + userId + "]";
    }
}
