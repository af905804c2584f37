package im.magpie.service.app;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A tenant.
 *
 * @param secret signs the tokens of the app and of its users
 */
public record App(String id, String name, String secret) {

    /** Returns the key of the app's tokens, good for HS256 and nothing else. */
    public SecretKey signingKey() {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** Without the secret: apps get into logs. */
    @Override
    public String toString() {
        return "App[" + id + ", " + name + "]";
    }
}
