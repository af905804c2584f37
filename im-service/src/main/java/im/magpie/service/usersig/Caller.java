package im.magpie.service.usersig;

import im.magpie.codec.id.Identifiers;
import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;

/** Whom a verified token speaks for. */
public sealed interface Caller {

    /** Returns the app, beyond which nobody sees anything. */
    String appId();

    /**
     * A user, by userSig.
     *
     * @param sigIssued when the userSig was issued, unix seconds; 0 when it does not say
     */
    record User(UserKey key, long sigIssued) implements Caller {

        @Override
        public String appId() {
            return key.appId();
        }
    }

    /** The app's own business system, by admin token. */
    record Admin(String appId) implements Caller {}

    /** @throws MagpieException FORBIDDEN for a user */
    default void requireAdmin() {
        if (!(this instanceof Admin)) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "this takes the app's admin token");
        }
    }

    /**
     * Returns the user of this id in the caller's app, whether there is one or not.
     *
     * @throws MagpieException INVALID_REQUEST when nobody could be called so
     */
    default UserKey user(String userId) {
        if (!Identifiers.isUserId(userId)) {
            throw new MagpieException(ErrorCode.INVALID_REQUEST, "a user id is 1 to 64 of [A-Za-z0-9._@+-]");
        }
        return new UserKey(appId(), userId);
    }

    /**
     * The same where the caller may act for this user.
     *
     * @throws MagpieException FORBIDDEN to other users, INVALID_REQUEST when nobody could be called so
     */
    default UserKey selfOrAdmin(String userId) {
        var user = user(userId);
        if (this instanceof User self && !self.key().equals(user)) {
            throw new MagpieException(ErrorCode.FORBIDDEN, "users do this for themselves only");
        }
        return user;
    }
}
