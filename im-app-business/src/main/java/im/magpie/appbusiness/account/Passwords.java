package im.magpie.appbusiness.account;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords, which takes long on purpose: no more of it at once than there are processors, or a flood of logins would leave no time for
 * anything else.
 */
@Component
public class Passwords {

    private static final int MIN_CHARACTERS = 8;

    /** BCrypt looks at no more than this many bytes. */
    private static final int MAX_BYTES = 72;

    private final PasswordEncoder encoder;
    private final Semaphore processors = new Semaphore(Runtime.getRuntime().availableProcessors());
    private final String nobodysHash;

    @Autowired
    Passwords() {
        this(new BCryptPasswordEncoder());
    }

    Passwords(PasswordEncoder encoder) {
        this.encoder = encoder;
        this.nobodysHash = hash("nobody's password");
    }

    /** Returns whether somebody may choose this password. */
    public static boolean acceptable(String password) {
        return password.codePointCount(0, password.length()) >= MIN_CHARACTERS && fits(password);
    }

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

    /** Returns whether a password that {@link #fits} is the account's; takes as long for nobody's account, so that time does not tell who exists. */
    public boolean matches(String password, Optional<Account> account) {
        processors.acquireUninterruptibly();
        try {
            var hash = account.map(Account::passwordHash).orElse(nobodysHash);
            return encoder.matches(password, hash) && account.isPresent();
        } finally {
            processors.release();
        }
    }
}
