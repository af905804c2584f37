package im.magpie.infrastructure;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Passwords and keys by name, kept in a private file: 192 random bits each, drawn when a name is first asked for and the same from then on.
 * They consist of letters, digits, {@code -} and {@code _}, so they need no quoting in any configuration.
 */
public final class Secrets {

    private static final int BYTES = 24;

    private final KeyValueFile file;

    public Secrets(KeyValueFile file) {
        this.file = file;
    }

    /** Returns the secret of this name. */
    public String of(String name) {
        return file.getOrCreate(name, Secrets::draw);
    }

    private static String draw() {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
