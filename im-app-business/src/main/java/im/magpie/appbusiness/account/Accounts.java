package im.magpie.appbusiness.account;

import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The accounts in the database. */
@Repository
public class Accounts {

    private final JdbcClient database;

    Accounts(JdbcClient database) {
        this.database = database;
    }

    /** Keeps a new account; returns false when the user id is taken. */
    public boolean add(Account account) {
        try {
            database.sql("INSERT INTO account (user_id, nickname, password_hash, imported) VALUES (?, ?, ?, ?)")
                    .params(account.userId(), account.nickname(), account.passwordHash(), account.imported())
                    .update();
            return true;
        } catch (DuplicateKeyException _) {
            return false;
        }
    }

    /** Returns the account of a user id. */
    public Optional<Account> find(String userId) {
        return database.sql("SELECT user_id, nickname, password_hash, imported FROM account WHERE user_id = ?")
                .param(userId)
                .query(Account.class)
                .optional();
    }

    /** Remembers that Magpie knows the user. */
    public void imported(String userId) {
        database.sql("UPDATE account SET imported = TRUE WHERE user_id = ?")
                .param(userId)
                .update();
    }
}
