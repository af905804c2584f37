package im.magpie.appbusiness.account;

import static org.assertj.core.api.Assertions.assertThat;

import im.magpie.appbusiness.testing.BusinessSystem;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccountsTest {

    @RegisterExtension
    static final BusinessSystem SYSTEM = new BusinessSystem();

    private final Accounts accounts = new Accounts(SYSTEM.database());
    private String name = "";

    @BeforeEach
    void choose() {
        name = SYSTEM.newName();
    }

    @Test
    void keepsAnAccount() {
        var account = new Account(name, "喜鹊 🐦", "a hash", false);

        assertThat(accounts.add(account)).isTrue();

        assertThat(accounts.find(name)).contains(account);
        assertThat(accounts.find(name + "-")).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwo() {
        var first = new Account(name, "First", "a hash", false);
        accounts.add(first);

        assertThat(accounts.add(new Account(name, "Second", "another hash", false)))
                .isFalse();

        assertThat(accounts.find(name)).contains(first);
    }

    @Test
    void tellsNamesApartThatDifferInCaseOnly() {
        accounts.add(new Account(name, "Small", "a hash", false));

        assertThat(accounts.find(name.toUpperCase(Locale.ROOT))).isEmpty();
    }

    @Test
    void remembersWhoIsImported() {
        accounts.add(new Account(name, "Nick", "a hash", false));

        accounts.imported(name);

        assertThat(accounts.find(name))
                .hasValueSatisfying(account -> assertThat(account.imported()).isTrue());
    }
}
