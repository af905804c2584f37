package im.magpie.service.erasure;

import im.magpie.codec.protocol.ErrorCode;
import im.magpie.common.error.MagpieException;
import im.magpie.common.user.UserKey;
import im.magpie.service.user.Users;
import org.springframework.transaction.support.TransactionOperations;

/** Users who are erased, or are to be. Blocks; safe for use by many threads. */
final class Erasures {

    private final ErasureMapper mapper;
    private final Users users;
    private final TransactionOperations transactions;
    private final ErasureProperties properties;

    Erasures(ErasureMapper mapper, Users users, TransactionOperations transactions, ErasureProperties properties) {
        this.mapper = mapper;
        this.users = users;
        this.transactions = transactions;
        this.properties = properties;
    }

    /**
     * From now on the user can do nothing any more; the rest follows. May be repeated.
     *
     * @throws MagpieException NOT_FOUND
     */
    Erasure request(UserKey user) {
        users.require(user);
        transactions.executeWithoutResult(_ -> {
            mapper.request(user, properties.after().toMillis());
            users.hollow(user);
        });
        users.erased(user);
        return require(user);
    }

    /** @throws MagpieException NOT_FOUND when nobody has asked for it */
    Erasure require(UserKey user) {
        var erasure = mapper.find(user);
        if (erasure == null) {
            throw new MagpieException(ErrorCode.NOT_FOUND, "nobody has asked for this user to be erased");
        }
        return erasure;
    }
}
