package im.magpie.appbusiness.testing;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;

/** Verifies tokens as Magpie does. */
public final class Tokens {

    /** Returns what a token says that was signed by HS256 with this secret and has not expired at this time. */
    public static Claims verified(String token, String secret, Instant now) {
        return Jwts.parser()
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .verifyWith(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)))
                .clock(() -> Date.from(now))
                .build()
                .parseSignedClaims(token)
                .getPayload();
    }

    private Tokens() {}
}
