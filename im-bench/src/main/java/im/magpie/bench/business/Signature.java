package im.magpie.bench.business;

import im.magpie.bench.MeasurementException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What a business system signs with its app's secret. Safe for use by many threads. */
final class Signature {

    private static final Duration VALID = Duration.ofHours(2);
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

    private final String appId;
    private final SecretKeySpec key;

    Signature(String appId, String secret) {
        this.appId = appId;
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Returns what lets a user log in. */
    String userSig(String userId) {
        return signed("\"sub\":\"%s\"".formatted(userId));
    }

    /** Returns what lets the business system call the HTTP API. */
    String adminToken() {
        return signed("\"adm\":true");
    }

    private String signed(String claim) {
        var now = Instant.now();
        var claims = "{\"app\":\"%s\",%s,\"iat\":%d,\"exp\":%d}"
                .formatted(appId, claim, now.getEpochSecond(), now.plus(VALID).getEpochSecond());
        var content = HEADER + "." + encode(claims);
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return content + "." + encode(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new MeasurementException("Nothing can be signed: " + e);
        }
    }

    private static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
