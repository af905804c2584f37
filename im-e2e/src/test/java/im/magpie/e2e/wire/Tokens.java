package im.magpie.e2e.wire;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JWTs made by hand, so that they can be wrong in any way. */
public final class Tokens {

    /** The app of every story. */
    public static final String APP = "demo";

    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final String NO_ALGORITHM = "{\"alg\":\"none\"}";

    /** Returns a userSig that is valid from now on for a time, which may be negative. */
    public static String userSig(String secret, String app, String userId, Duration validity) {
        return signed(HS256, userClaims(app, userId, validity), secret);
    }

    /** Returns a userSig that nobody has signed. */
    public static String unsigned(String app, String userId) {
        return encode(NO_ALGORITHM) + "." + encode(userClaims(app, userId, Duration.ofHours(1))) + ".";
    }

    /** Returns what lets the business system call the HTTP API. */
    public static String admin(String secret) {
        var now = Instant.now();
        var claims = "{\"app\":\"%s\",\"adm\":true,\"iat\":%d,\"exp\":%d}"
                .formatted(APP, now.getEpochSecond(), now.plusSeconds(300).getEpochSecond());
        return signed(HS256, claims, secret);
    }

    private static String userClaims(String app, String userId, Duration validity) {
        var end = Instant.now().plus(validity);
        var begin = end.minus(Duration.ofDays(1));
        return "{\"app\":\"%s\",\"sub\":\"%s\",\"iat\":%d,\"exp\":%d}"
                .formatted(app, userId, begin.getEpochSecond(), end.getEpochSecond());
    }

    private static String signed(String header, String claims, String secret) {
        var content = encode(header) + "." + encode(claims);
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return content + "." + encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Tokens() {}
}
