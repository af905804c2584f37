package im.magpie.appbusiness.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

class PasswordsTest {

    /** Remembers against which hashes it was asked to compare. */
    private static final class WatchedEncoder extends BCryptPasswordEncoder {

        private final List<String> compared = new ArrayList<>();

        private WatchedEncoder() {
            super(5);
        }

        @Override
        protected boolean matchesNonNull(String password, String hash) {
            compared.add(hash);
            return super.matchesNonNull(password, hash);
        }
    }

    private final WatchedEncoder encoder = new WatchedEncoder();
    private final Passwords passwords = new Passwords(encoder);

    private Optional<Account> account(String password) {
        return Optional.of(new Account("alice", "Alice", passwords.hash(password), true));
    }

    @Test
    void knowsThePasswordFromOthers() {
        var alice = account("correct horse");

        assertThat(passwords.matches("correct horse", alice)).isTrue();
        assertThat(passwords.matches("correct hors", alice)).isFalse();
    }

    @Test
    void nobodyHasNoPassword() {
        for (var guess : List.of("", "nobody's password")) {
            assertThat(passwords.matches(guess, Optional.empty())).isFalse();
        }
    }

    @Test
    void doesTheSameWorkForNobodyAsForSomebody() {
        var alice = account("correct horse");
        passwords.matches("a guess", alice);
        passwords.matches("a guess", Optional.empty());

        assertThat(encoder.compared).hasSize(2);
        assertThat(cost(encoder.compared.getLast())).isEqualTo(cost(encoder.compared.getFirst()));
    }

    @Test
    void neverHashesThePasswordOfTwoAlike() {
        assertThat(passwords.hash("correct horse")).isNotEqualTo(passwords.hash("correct horse"));
    }

    @Test
    void acceptsWhatIsNotTooShort() {
        assertThat(Passwords.acceptable("12345678")).isTrue();
        assertThat(Passwords.acceptable("1234567")).isFalse();
        assertThat(Passwords.acceptable("🐦🐦🐦🐦")).isFalse();
    }

    @Test
    void countsBytes() {
        assertThat(Passwords.fits("x".repeat(72))).isTrue();
        assertThat(Passwords.fits("x".repeat(73))).isFalse();
        assertThat(Passwords.fits("鹊".repeat(25))).isFalse();
    }

    /** The start of a BCrypt hash: version and cost. */
    private static String cost(String hash) {
        return hash.substring(0, "$2a$05".length());
    }
}
