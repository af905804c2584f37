package im.magpie.appbusiness.account;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords, which takes long on purpose: no more of it at once than there are processors, or a flood of logins would leave no time for
 * anything else.
 */
@Component
public class Passwords {

    /** BCrypt looks at no more than this many bytes. */
    private static final int MAX_BYTES = 72;

    private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder();
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final String nobodysHash = encoder.encode("nobody's password");

    /** Returns whether all of a password counts. */
    public static boolean fits(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length <= MAX_BYTES;
    }

    /** Returns what to keep of a password that {@link #fits}. */
    public String hash(String password) {
        processors.acquireUninterruptibly();
        try {
            return encoder.encode(password);
        } finally {
            processors.release();
        }
    }

    /** Returns whether the password is the account's; takes as long for nobody's account, so that time does not tell who exists. */
    public boolean matches(String password, Optional<Account> account) {
        processors.acquireUninterruptibly();
        try {
            var matches = fits(password)
                    && encoder.matches(
                            password, account.map(Account::passwordHash).orElse(nobodysHash));
            return matches && account.isPresent();
        } finally {
            processors.release();
        }
    }
}
