package im.magpie.appbusiness.magpie;

import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import javax.crypto.SecretKey;

/** Signs the tokens that Magpie takes from this app: JWTs by HS256 with the app's secret. */
public final class Signer {

    private static final Duration ADMIN_TTL = Duration.ofMinutes(1);

    private final MagpieProperties properties;
    private final SecretKey key;
    private final Clock clock;

    public Signer(MagpieProperties properties, Clock clock) {
        this.properties = properties;
        this.key = Keys.hmacShaKeyFor(properties.appSecret().getBytes(StandardCharsets.UTF_8));
        this.clock = clock;
    }

    /** Returns what lets a user log in to Magpie. */
    public UserSig userSig(String userId) {
        var expiresAt = now().plus(properties.userSigTtl());
        return new UserSig(token(expiresAt).subject(userId).compact(), expiresAt);
    }

    /** Returns what lets this business system call Magpie's HTTP API, for a minute. */
    public String adminToken() {
        return token(now().plus(ADMIN_TTL)).claim("adm", true).compact();
    }

    private JwtBuilder token(Instant expiresAt) {
        return Jwts.builder()
                .claim("app", properties.appId())
                .issuedAt(Date.from(now()))
                .expiration(Date.from(expiresAt))
                .signWith(key, Jwts.SIG.HS256);
    }

    /** JWTs count in seconds. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
